import type { ServiceImpl } from "@connectrpc/connect";
import type { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { unimplemented } from "../errors.ts";
import type { Issuer } from "../issuer/issuer.ts";
import { ISSUER_PATH } from "../issuer/issuer.ts";
import { ownHost } from "./own-host.ts";

/** How to log in; a plane without a login of its own says that it has none. */
export function createAuthMetadataService(
  issuer: Issuer | undefined,
): ServiceImpl<typeof AuthMetadataService> {
  return {
    getPublicClientConfig: (_request, context) => ({
      authorizationMetadataKey: issuer?.options.metadataKey ?? "authorization",
      dataplaneDomain: ownHost(context),
      ...(issuer && { clientId: issuer.clientId, redirectUri: issuer.redirectUri, scopes: ["all"] }),
    }),
    getOAuth2Metadata: (_request, context) => {
      if (!issuer) {
        throw unimplemented(
          "oauth2 metadata is not configured; set runs.authMetadata.externalAuthServerBaseUrl",
        );
      }
      issuer.log("metadata");
      const at = `${ownHost(context)}${ISSUER_PATH}`;
      return {
        issuer: ownHost(context),
        authorizationEndpoint: `${at}authorize`,
        tokenEndpoint: issuer.options.tokenEndpoint ?? `${at}token`,
        deviceAuthorizationEndpoint: `${at}device_authorization`,
        codeChallengeMethodsSupported: ["S256"],
      };
    },
  };
}
