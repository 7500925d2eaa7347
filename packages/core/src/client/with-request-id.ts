import { randomUUID } from "node:crypto";
import type { Transport } from "@connectrpc/connect";
import { withHeaders } from "./with-headers.ts";

/** Gives every call an `x-request-id`, unless it has one, by which the plane's logs can be searched. */
export function withRequestId(next: Transport): Transport {
  return withHeaders(next, (headers) => {
    if (!headers.has("x-request-id")) headers.set("x-request-id", randomUUID());
  });
}
