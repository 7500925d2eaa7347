import { hideSecrets, redact } from "./redact.ts";

describe("redact", () => {
  it.each([
    ["Authorization: Bearer abcdefgh.ijk-l_m~n+o/p=", "Authorization: Bearer [redacted]"],
    ["BASIC dXNlcjpwYXNz rest", "BASIC [redacted] rest"],
    ["a bearer of news", "a bearer of news"],
    ["id eyJhbGciOiJI.eyJzdWIiOiIx.c2ln, expired", "id [redacted], expired"],
    ["unsigned eyJhbGciOiJI.eyJzdWIiOiIx.", "unsigned [redacted]"],
    ["see https://h.example/p?sig=abc&x=1 now", "see https://h.example/p?[redacted] now"],
    ['<a href="https://h.example/p?sig=abc">', '<a href="https://h.example/p?[redacted]">'],
    ["s3://bucket/key?versionId=1", "s3://bucket/key?[redacted]"],
    ["postgres://user:pass@db:5432/x", "postgres://[redacted]@db:5432/x"],
    ["https://token@h.example/p?q=1", "https://[redacted]@h.example/p?[redacted]"],
    ["http://user:p@ss@proxy:3128 fails", "http://[redacted]@proxy:3128 fails"],
    ["is it there? yes", "is it there? yes"],
    ["see https://h.example/p", "see https://h.example/p"],
  ])("makes of %j", (text, expected) => {
    expect(redact(text)).toBe(expected);
    expect(redact(expected)).toBe(expected);
  });
});

describe("hideSecrets", () => {
  it("takes out each of the given, wherever it stands", () => {
    expect(hideSecrets("a s3cr3t, as3cr3tb and t0ken", ["s3cr3t", "t0ken"])).toBe(
      "a [redacted], a[redacted]b and [redacted]",
    );
  });

  it("leaves what is too short to be one", () => {
    expect(hideSecrets("a cat sat", ["", "a", "cat"])).toBe("a cat sat");
  });

  it("takes a secret as it stands, not as a pattern", () => {
    expect(hideSecrets("a.b+c axb+c", ["a.b+c"])).toBe("[redacted] axb+c");
  });
});
