import type { ServiceImpl } from "@connectrpc/connect";
import type { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { unimplemented } from "../errors.ts";
import { ownHost } from "./own-host.ts";

/** A plane without a login of its own. */
export function createAuthMetadataService(): ServiceImpl<typeof AuthMetadataService> {
  return {
    getPublicClientConfig: (_request, context) => ({
      authorizationMetadataKey: "authorization",
      dataplaneDomain: ownHost(context),
    }),
    getOAuth2Metadata: () => {
      throw unimplemented(
        "oauth2 metadata is not configured; set runs.authMetadata.externalAuthServerBaseUrl",
      );
    },
  };
}
