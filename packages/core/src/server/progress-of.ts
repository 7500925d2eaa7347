import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import type { ServerNotification, ServerRequest } from "@modelcontextprotocol/sdk/types.js";
import type { ProgressUpdate } from "../contract.ts";

/** What the SDK hands a request's handler. */
export type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** Tells the caller of a request how far it is, where it asked for that. */
export function progressOf({ _meta, sendNotification }: Pick<Extra, "_meta" | "sendNotification">) {
  const token = _meta?.progressToken;
  return (update: ProgressUpdate): void => {
    if (token === undefined) return;
    const notification = {
      method: "notifications/progress" as const,
      params: { progressToken: token, ...update },
    };
    // A caller that went away cannot be told; its signal ends the call.
    sendNotification(notification).catch(() => undefined);
  };
}
