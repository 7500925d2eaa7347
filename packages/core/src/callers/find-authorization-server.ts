import { discover } from "../auth/discover.ts";
import type { Flyte } from "../client/flyte.ts";

/** Who gives tokens for a plane, as RFC 9728 and RFC 8414 name it. */
export interface AuthorizationServer {
  issuer: string;
  scopes: readonly string[];
}

/** The authorization server that a plane advertises, undefined where it has none. Throws the call's error. */
export async function findAuthorizationServer({
  unsigned,
  endpoint,
}: Flyte): Promise<AuthorizationServer | undefined> {
  const found = await discover(unsigned, endpoint);
  if (found === undefined) return undefined;
  const issuer = found.issuer || originOf(found.authorizationEndpoint) || originOf(found.tokenEndpoint);
  return issuer === "" || originOf(issuer) === "" ? undefined : { issuer, scopes: found.scopes };
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" || url?.protocol === "http:" ? url.origin : "";
}
