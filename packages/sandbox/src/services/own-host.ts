import type { HandlerContext } from "@connectrpc/connect";

/** The plane names itself by the host it was called under; in the same process it has none. */
export function ownHost({ requestHeader }: HandlerContext): string {
  const host = requestHeader.get("host");
  return host ? `http://${host}` : "";
}
