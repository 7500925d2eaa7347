import { Code, ConnectError } from "@connectrpc/connect";

/** The `cause` of a refusal by this server, which tells it from one by Flyte. */
export const REFUSED_HERE = Symbol("refused by the guard");

/** An error that says which limit of this server a call met. */
export function refusal(message: string): ConnectError {
  return new ConnectError(message, Code.PermissionDenied, undefined, undefined, REFUSED_HERE);
}
