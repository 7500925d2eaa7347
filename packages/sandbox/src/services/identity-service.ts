import type { ServiceImpl } from "@connectrpc/connect";
import { Code, ConnectError } from "@connectrpc/connect";
import type { IdentityService } from "@flyte-mcp/idl/auth/identity";

interface Claims {
  sub?: unknown;
  email?: unknown;
  given_name?: unknown;
  family_name?: unknown;
}

/** Who calls is read from the token, never verified: a proxy in front of the plane is to do that. */
export function createIdentityService(): ServiceImpl<typeof IdentityService> {
  return {
    userInfo(_request, { requestHeader }) {
      const claims = readClaims(requestHeader.get("authorization") ?? "");
      const [subject, email, givenName, familyName] = [
        claims?.sub,
        claims?.email,
        claims?.given_name,
        claims?.family_name,
      ].map((claim) => (typeof claim === "string" ? claim : "")) as [string, string, string, string];
      if (subject === "")
        throw new ConnectError(
          "no authenticated identity on request (missing or untrusted identity headers)",
          Code.Unauthenticated,
        );
      return { subject, email, givenName, familyName, name: `${givenName} ${familyName}`.trim() };
    },
  };
}

function readClaims(authorization: string): Claims | undefined {
  const [, token = ""] = /^bearer +(\S+)$/i.exec(authorization) ?? [];
  const parts = token.split(".");
  if (parts.length !== 3) return undefined;
  try {
    return JSON.parse(Buffer.from(parts[1] as string, "base64url").toString("utf8")) as Claims;
  } catch {
    return undefined;
  }
}
