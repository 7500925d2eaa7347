import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { NOBODY } from "./credential.ts";
import { openCredential } from "./open-credential.ts";
import { createSecretList } from "./secret-list.ts";

/** The credential of a client, for a plane that has a login once it has been asked a few times. */
function open(times: number) {
  let asked = 0;
  const transport = createRouterTransport(({ service }) =>
    service(AuthMetadataService, {
      getOAuth2Metadata() {
        if (asked++ < times) throw new ConnectError("HTTP 404", Code.Unimplemented);
        return { tokenEndpoint: "https://login.example/token" };
      },
      getPublicClientConfig: () => ({}),
    }),
  );
  const credential = openCredential(
    { kind: "client-secret", clientId: "c", clientSecret: "s" },
    {
      values: {},
      endpoint: { url: "https://flyte.example", host: "flyte.example", isSecure: true, isLoopback: false },
      transport,
      send: () => Promise.resolve({ status: 200, body: '{"access_token":"t"}', retryAfterS: 0 }),
      secrets: createSecretList(),
      folder: "",
      obstacle: undefined,
      tell: () => undefined,
      patienceMs: 1_000,
      secondMs: 1,
    },
  );
  return { credential, asked: () => asked };
}

describe("a login that a plane did not offer at first", () => {
  it("is found when the plane refuses a call", async () => {
    const { credential } = open(1);
    expect(await credential.sign(undefined)).toEqual(NOBODY);
    expect((await credential.renew(NOBODY, undefined))?.token).toBe("t");
    expect((await credential.sign(undefined)).token).toBe("t");
  });

  it("is not asked for at each call that the plane takes as it is", async () => {
    const { credential, asked } = open(9);
    for (let calls = 0; calls < 5; calls++) expect(await credential.sign(undefined)).toEqual(NOBODY);
    expect(asked()).toBe(1);
  });
});
