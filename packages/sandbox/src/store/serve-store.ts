import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plane } from "../plane.ts";
import { CONTENT_MD5, FLYTE_MD5, MAX_UPLOAD_BYTES } from "./limits.ts";
import type { Permit } from "./signed-path.ts";
import { readSignedPath } from "./signed-path.ts";
import { createStoreError, isStoreError, toXml } from "./store-error.ts";

/** Answers a request to a signed URL as an S3 store does: PUT keeps a blob, GET gives it back. */
export async function serveStore(
  plane: Plane,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "", url = "" } = request;
  try {
    const permit = readSignedPath(plane, method, url);
    if (permit.method === "PUT") await putBlob(plane, permit, request, response);
    else getBlob(plane, permit, response);
  } catch (error) {
    // What is no refusal is a client that went away in the middle of its upload.
    if (!isStoreError(error)) return void response.destroy();
    response.writeHead(error.status, { "content-type": "application/xml" });
    response.end(toXml(error, url.replace(/\?.*/s, "")));
  }
}

async function putBlob(
  plane: Plane,
  permit: Permit,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  assertHeaders(permit, request.headers);
  const bytes = await readBody(request);
  const digest = createHash("md5").update(bytes).digest();
  const expected = request.headers[CONTENT_MD5];
  if (expected !== undefined && expected !== digest.toString("base64")) throw createBadDigest();
  plane.state.blobs[permit.uri] = bytes;
  plane.state.digests[permit.uri] = permit.headers[FLYTE_MD5] ?? "";
  plane.changed();
  response.writeHead(200, { etag: `"${digest.toString("hex")}"` }).end();
}

function assertHeaders({ headers }: Permit, given: IncomingMessage["headers"]): void {
  for (const [name, value] of Object.entries(headers)) {
    if ((given[name] ?? "") === value) continue;
    if (name === CONTENT_MD5) throw createBadDigest();
    throw createStoreError(
      403,
      "SignatureDoesNotMatch",
      `The signature covers the header ${name}, which is missing or has another value.`,
    );
  }
  const length = given["content-length"];
  if (length === undefined)
    throw createStoreError(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
  // The state is held in memory, so the bound holds for uploads as well that did not announce their length.
  if (Number(length) > MAX_UPLOAD_BYTES)
    throw createStoreError(
      400,
      "EntityTooLarge",
      "Your proposed upload exceeds the maximum allowed object size.",
    );
}

function createBadDigest() {
  return createStoreError(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

function getBlob(plane: Plane, { uri }: Permit, response: ServerResponse): void {
  const bytes = plane.state.blobs[uri];
  if (!bytes) throw createStoreError(404, "NoSuchKey", "The specified key does not exist.");
  const headers = { "content-type": "binary/octet-stream", "content-length": bytes.length };
  response.writeHead(200, headers).end(bytes);
}
