import { readApiKey } from "./api-key.ts";

const keyOf = (text: string) => Buffer.from(text).toString("base64");

describe("an API key", () => {
  it.each([
    ["acme.example.com:id:secret:acme", ["acme.example.com", "id", "secret", "acme"]],
    ["acme.example.com:8443:id:secret:acme", ["acme.example.com:8443", "id", "secret", "acme"]],
    ["dns:///acme.example.com:443:id:secret:acme", ["dns:///acme.example.com:443", "id", "secret", "acme"]],
    ["https://acme.example.com:id:a:b::c:acme", ["https://acme.example.com", "id", "a:b::c", "acme"]],
    ["http://[::1]:8090:id:secret:", ["http://[::1]:8090", "id", "secret", undefined]],
    ["localhost:id:secret:None", ["localhost", "id", "secret", undefined]],
    ["h.example:id:sécret:o", ["h.example", "id", "sécret", "o"]],
  ])("holds endpoint, client, secret and organization: %s", (text, parts) => {
    const read = ({ endpoint, clientId, clientSecret, org }: ReturnType<typeof readApiKey>) => [
      endpoint,
      clientId,
      clientSecret,
      org,
    ];
    expect(read(readApiKey(keyOf(text)))).toEqual(parts);
    const urlSafe = Buffer.from(text).toString("base64url");
    expect(read(readApiKey(` ${urlSafe}\n`))).toEqual(parts);
  });

  it.each([
    ["a JWT", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.x"],
    ["text", "canary key!"],
    ["nothing", ""],
    ["a broken end", `${keyOf("h.example:id:secret:o")}AAAAA`],
    ["bytes that are no text", Buffer.from([0x68, 0x3a, 0xff, 0xfe, 0x3a, 0x78]).toString("base64")],
    ["too few parts", keyOf("h.example:id:canary")],
    ["no client", keyOf("h.example::canary:o")],
    ["no secret", keyOf("h.example:id::o")],
    ["no host", keyOf("in valid:id:canary:o")],
    ["user info", keyOf("https://u@evil.example:id:canary:o")],
    ["a path", keyOf("h.example/x:id:canary:o")],
    ["a line break", keyOf("h.example:id:can\nary:o")],
  ])("is refused when it is %s, and none of it is shown", (_what, text) => {
    expect(() => readApiKey(text)).toThrow(
      "The API key cannot be read; give the whole text that `flyte create api-key` printed, or a plain token by FLYTE_ACCESS_TOKEN.",
    );
  });
});
