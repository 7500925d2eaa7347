import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAuth } from "./read-auth.ts";
import type { AuthMode, AuthValues } from "./read-auth.ts";

const file = (text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), "flyte-mcp-core-")), "secret");
  writeFileSync(path, text);
  return path;
};
const KEY = Buffer.from("h.example:key-client:key-secret:o").toString("base64");
const client = { kind: "client-secret", clientId: "c", clientSecret: "s" } as const;
const person = { kind: "pkce", clientId: undefined, isAsked: false } as const;

describe("the way to log in", () => {
  it.each<[string, AuthValues, AuthMode]>([
    ["of no word on it", {}, person],
    ["of a browser", { authType: "Pkce", clientId: "c" }, { kind: "pkce", clientId: "c", isAsked: true }],
    ["of a device", { authType: "DeviceFlow" }, { ...person, kind: "device", isAsked: true }],
    [
      "of a token, whatever a file names",
      { authType: "Pkce", accessToken: "Bearer t\n" },
      { kind: "token", token: "t" },
    ],
    ["of a token file", { accessTokenFile: "/x" }, { kind: "token-file", path: "/x" }],
    [
      "of an API key",
      { apiKey: KEY, clientId: "c" },
      { ...client, clientId: "key-client", clientSecret: "key-secret" },
    ],
    ["of a command", { authCommand: ["a", "b"] }, { kind: "command", argv: ["a", "b"] }],
    [
      "of a named command",
      { authType: "custom", authCommand: ["a"], clientSecret: "s" },
      { kind: "command", argv: ["a"] },
    ],
    ["of a secret", { clientId: "c", clientSecret: "s" }, client],
    [
      "of a secret in a variable",
      { clientId: "c", clientSecretEnvVar: "V", clientSecretFile: "/none" },
      client,
    ],
    [
      "of a secret, although a file names Pkce",
      { authType: "Pkce", clientId: "c", clientSecretEnvVar: "V" },
      client,
    ],
    ["of nobody", { authType: "None", accessToken: "t" }, { kind: "none" }],
    ["of callers", { authType: "Passthrough", accessToken: "t" }, { kind: "pass-through" }],
  ])("is that %s", (_what, values, mode) => {
    expect(readAuth(values, { V: "s" })).toEqual(mode);
  });

  it("reads a secret from a file, less one line break at its end", () => {
    const read = (text: string) =>
      readAuth({ clientId: "c", clientSecretFile: file(text), clientSecretEnvVar: "V" }, {});
    expect(read("s\n")).toEqual(client);
    expect(read(" s \r\n")).toEqual({ ...client, clientSecret: " s " });
  });

  it.each([
    ["pkce", "pkce"],
    ["PKCE", "pkce"],
    ["device-flow", "device"],
    ["device_flow", "device"],
    ["deviceflow", "device"],
    ["headless", "device"],
    ["none", "none"],
    ["pass_through", "pass-through"],
  ])("has the name %s", (authType, kind) => {
    expect(readAuth({ authType }, {}).kind).toBe(kind);
  });

  it.each(["ClientSecret", "client_credentials", "app-credential", "basic"])(
    "of a secret has the name %s",
    (authType) => {
      expect(readAuth({ authType, clientId: "c", clientSecret: "s" }, {})).toEqual(client);
    },
  );

  it.each<[AuthValues, string]>([
    [
      { authType: "kerberos" },
      'The auth type "kerberos" is not known; it is Pkce, ClientSecret, DeviceFlow,',
    ],
    [{ authType: "ExternalCommand" }, "needs a command that prints a token: set --auth-command,"],
    [{ authType: "ClientSecret", clientId: "c" }, "needs a secret: set FLYTE_CLIENT_SECRET,"],
    [{ clientSecret: "canary" }, "The client secret needs its client: set --client-id or FLYTE_CLIENT_ID."],
    [
      { clientId: "c", clientSecretEnvVar: "GONE" },
      "The variable GONE, which is to hold the client secret, is not set.",
    ],
    [{ clientId: "c", clientSecretFile: "/none" }, "The client secret file /none cannot be read."],
    [{ clientId: "c", clientSecretFile: file("\n") }, "is empty."],
    [{ accessToken: "a b" }, "The access token has white space or characters inside"],
  ])("is refused when it lacks something: %j", (values, text) => {
    expect(() => readAuth(values, {})).toThrow(text);
  });
});
