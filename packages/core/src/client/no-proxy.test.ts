import { isExempt } from "./no-proxy.ts";

describe("NO_PROXY", () => {
  it.each([
    ["example.com", "https://example.com"],
    ["example.com", "https://a.b.example.com"],
    [".example.com", "https://a.example.com"],
    [".example.com", "https://example.com"],
    ["*.example.com", "https://a.example.com"],
    ["EXAMPLE.com", "https://Example.COM"],
    ["a.test, example.com", "https://example.com"],
    ["a.test example.com", "https://example.com"],
    ["*", "https://anything.test"],
    ["example.com:443", "https://example.com"],
    ["example.com:8443", "https://example.com:8443"],
    ["example.com:80", "http://example.com"],
    ["10.1.2.3", "http://10.1.2.3:8090"],
    ["10.1.0.0/16", "http://10.1.2.3"],
    ["::1", "http://[::1]:8090"],
    ["[fd00::1]:90", "http://[fd00::1]:90"],
    ["fd00::/8", "http://[fd12::1]"],
  ])("%s exempts %s", (list, url) => {
    expect(isExempt(new URL(url), list)).toBe(true);
  });

  it.each([
    ["", "https://example.com"],
    ["example.com", "https://notexample.com"],
    ["a.example.com", "https://example.com"],
    ["example.com:8443", "https://example.com"],
    ["10.1.0.0/16", "http://10.2.2.3"],
    ["10.1.0.0/99", "http://10.1.2.3"],
    ["10.1.0.0/x", "http://10.1.2.3"],
    ["2.3", "http://10.1.2.3"],
    ["fd00::/8", "http://10.1.2.3"],
    [",,.", "https://example.com"],
  ])("%s does not exempt %s", (list, url) => {
    expect(isExempt(new URL(url), list)).toBe(false);
  });
});
