import { createProxyChoice, proxySecrets } from "./choose-proxy.ts";

function choose(url: string, env: Record<string, string>, httpProxy?: string): string | undefined {
  return createProxyChoice({ httpProxy, env })(new URL(url))?.name;
}

const BOTH = { HTTPS_PROXY: "http://secure.test:3128", HTTP_PROXY: "plain.test" };

describe("the proxy for a URL", () => {
  it.each<[string, Record<string, string>, string | undefined, string | undefined]>([
    ["https://a.test", BOTH, undefined, "secure.test:3128"],
    ["http://a.test", BOTH, undefined, "plain.test:80"],
    ["https://a.test", { https_proxy: "https://lower.test", ...BOTH }, undefined, "lower.test:443"],
    ["https://a.test", { HTTP_PROXY: "plain.test" }, undefined, undefined],
    ["https://a.test", { HTTPS_PROXY: "" }, undefined, undefined],
    ["https://a.test", BOTH, "http://told.test:1", "told.test:1"],
    ["https://a.test", { NO_PROXY: ".test" }, "http://told.test:1", undefined],
    ["https://a.test", { ...BOTH, no_proxy: "a.test" }, undefined, undefined],
    ["http://localhost:8090", BOTH, undefined, undefined],
    ["https://127.0.0.1", BOTH, undefined, undefined],
    ["http://localhost:8090", BOTH, "http://told.test:1", "told.test:1"],
    ["https://a.test", {}, "http://[::1]:3128", "[::1]:3128"],
  ])("%s with %j and the setting %s is %s", (url, env, setting, expected) => {
    expect(choose(url, env, setting)).toBe(expected);
  });

  it.each([
    ["socks5://proxy.test", "is not an HTTP proxy"],
    ["http://user:canary-pass@:3128", "is not an address"],
    ["user:canary-pass@proxy.test:port", "is not an address"],
  ])("is refused in words that do not repeat it: %s", (text, problem) => {
    const sentence = `${problem}; give http://host:port or http://user:password@host:port.`;
    expect(() => choose("https://a.test", {}, text)).toThrow(`The proxy in --http-proxy ${sentence}`);
    expect(() => choose("https://a.test", { HTTPS_PROXY: text })).toThrow(
      `The proxy in HTTPS_PROXY ${sentence}`,
    );
  });

  it("is not looked at where no call needs it", () => {
    expect(choose("http://localhost", { HTTP_PROXY: "socks5://proxy.test" })).toBeUndefined();
  });

  it("has credentials in no name, and all their forms among the secrets", () => {
    const httpProxy = "http://me:canary%2Fpass@proxy.test:3128";
    const env = { HTTPS_PROXY: "http://other:canary-two@proxy.test" };
    expect(choose("https://a.test", {}, httpProxy)).toBe("proxy.test:3128");
    const basic = Buffer.from("me:canary/pass").toString("base64");
    expect(proxySecrets({ httpProxy, env })).toEqual(
      expect.arrayContaining(["me:canary/pass", "me:canary%2Fpass", "canary/pass", basic, "canary-two"]),
    );
    expect(proxySecrets({ env: { HTTP_PROXY: "proxy.test" } })).toEqual([]);
    expect(proxySecrets({ env: { HTTP_PROXY: "me:c^n@ry%2Fx@proxy.test" } })).toContain("me:c^n@ry%2Fx");
  });
});
