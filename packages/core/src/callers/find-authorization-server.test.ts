import { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { playFlyte } from "../testing/play-flyte.ts";
import { findAuthorizationServer } from "./find-authorization-server.ts";

const TOKENS = "https://login.example/oauth2/token";

function planeWith(issuer: string, authorizationEndpoint = "") {
  return playFlyte((router) =>
    router.service(AuthMetadataService, {
      getOAuth2Metadata: () => ({ issuer, authorizationEndpoint, tokenEndpoint: TOKENS }),
      getPublicClientConfig: () => ({ scopes: ["all"] }),
    }),
  );
}

it.each([
  ["https://id.example/realms/flyte", "", "https://id.example/realms/flyte"],
  ["", "https://auth.example/authorize", "https://auth.example"],
  ["", "", "https://login.example"],
])("names the issuer %s, else the host that logs in", async (issuer, authorize, expected) => {
  expect(await findAuthorizationServer(planeWith(issuer, authorize))).toEqual({
    issuer: expected,
    scopes: ["all"],
  });
});

it("knows of none where the plane has no login, or names what is no address", async () => {
  expect(await findAuthorizationServer(playFlyte(() => undefined))).toBeUndefined();
  expect(await findAuthorizationServer(planeWith("javascript:alert(1)"))).toBeUndefined();
});
