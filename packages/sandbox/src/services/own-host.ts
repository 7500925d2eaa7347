import type { HandlerContext } from "@connectrpc/connect";

/** The plane names itself by the host it was called under, https only where a proxy says so; in the same process it has none. */
export function ownHost({ requestHeader }: HandlerContext): string {
  const host = requestHeader.get("host");
  const scheme = requestHeader.get("x-forwarded-proto") || "http";
  return host ? `${scheme}://${host}` : "";
}
