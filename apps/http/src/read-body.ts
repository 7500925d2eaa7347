import type { IncomingMessage } from "node:http";

const MAX_BYTES = 4 * 1024 * 1024;

export type Body = { ok: true; json: unknown } | { ok: false; status: number; message: string };

/** Reads a request's JSON body, 4 MiB at most. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) return { ok: false, status: 413, message: "The request is larger than 4 MiB" };
    chunks.push(chunk);
  }
  try {
    return { ok: true, json: JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown };
  } catch {
    return { ok: false, status: 400, message: "The request body is not JSON" };
  }
}
