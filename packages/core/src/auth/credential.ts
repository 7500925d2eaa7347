import { Code, ConnectError } from "@connectrpc/connect";

/** What a call is sent with; without a token, as nobody. */
export interface Signature {
  token: string | undefined;
  headers: Record<string, string>;
}

/** Who we are to a plane, for all its transports. */
export interface Credential {
  /** What to send with a call; may log in first. Throws a tool error. */
  sign(signal: AbortSignal | undefined): Promise<Signature>;
  /** Another signature after one was refused, or undefined where there is none to be had. Throws a tool error. */
  renew(refused: Signature, signal: AbortSignal | undefined): Promise<Signature | undefined>;
  /** Whether an error says that the signature was the matter. */
  refuses(error: unknown, signature: Signature): boolean;
}

export const NOBODY: Signature = { token: undefined, headers: {} };

/** Flyte's word for "log in", that of a login proxy, and a refusal of a call that carried nothing. */
export function asksForLogin(error: unknown, { token }: Signature): boolean {
  if (!(error instanceof ConnectError)) return false;
  if (error.code === Code.PermissionDenied) return token === undefined;
  return error.code === Code.Unauthenticated || /^HTTP 30[12378]$/.test(error.rawMessage);
}

/** A proxy's word for a missing or expired token of its own. */
export function asksForProxyLogin(error: unknown): boolean {
  return error instanceof ConnectError && error.rawMessage === "HTTP 407";
}
