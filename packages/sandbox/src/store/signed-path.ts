import { createHmac, timingSafeEqual } from "node:crypto";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { fromMicros, toMicros, compareTimes } from "../clock.ts";
import type { Plane } from "../plane.ts";
import { createStoreError } from "./store-error.ts";

/** One kind of request to the object store, which whoever holds the signed path may make. */
export interface Permit {
  method: "GET" | "PUT";
  /** The blob, as an `s3://` URI. */
  uri: string;
  expiresAt: Timestamp;
  /** Headers that the request must carry, in lower case. */
  headers: Record<string, string>;
}

const EXPIRES = "Expires";
const SIGNATURE = "X-Amz-Signature";

/** The path and query that stand for a permit until it expires; only this plane can make and read it. */
export function signPath(plane: Plane, { method, uri, expiresAt, headers }: Permit): string {
  const query = new URLSearchParams({ [EXPIRES]: toMicros(expiresAt).toString(), ...headers });
  query.set(SIGNATURE, sign(plane, method, uri, query));
  return `${uri.slice("s3:/".length).split("/").map(encodeURIComponent).join("/")}?${query}`;
}

/** The permit of a request; throws a StoreError 403 if this plane has not signed it or it has expired. */
export function readSignedPath(plane: Plane, method: string, target: string): Permit {
  const { uri, query } = splitTarget(target);
  const signature = query.get(SIGNATURE);
  if (signature === null) throw createStoreError(403, "AccessDenied", "Access Denied.");
  query.delete(SIGNATURE);
  if (!isEqual(signature, sign(plane, method, uri, query)))
    throw createStoreError(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    );
  const { [EXPIRES]: expires = "0", ...headers } = Object.fromEntries(query);
  const expiresAt = fromMicros(BigInt(expires));
  if (compareTimes(plane.clock(), expiresAt) > 0)
    throw createStoreError(403, "AccessDenied", "Request has expired");
  return { method: method as Permit["method"], uri, expiresAt, headers };
}

function splitTarget(target: string): { uri: string; query: URLSearchParams } {
  const [path = "", query = ""] = target.split("?", 2);
  try {
    return { uri: `s3:/${decodeURIComponent(path)}`, query: new URLSearchParams(query) };
  } catch {
    throw createStoreError(400, "InvalidURI", "Couldn't parse the specified URI.");
  }
}

function sign({ signingKey }: Plane, method: string, uri: string, query: URLSearchParams): string {
  return createHmac("sha256", signingKey).update([method, uri, query].join("\n")).digest("hex");
}

function isEqual(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
