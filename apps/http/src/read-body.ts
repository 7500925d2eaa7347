import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";

/** The largest body, in bytes. */
export const MOST_BYTES = 4 * 1024 * 1024;

const TOO_LARGE: Refusal = { status: 413, message: "The request is larger than 4 MiB.", rpcCode: -32600 };
const NO_JSON: Refusal = { status: 400, message: "The request body is not JSON.", rpcCode: -32700 };

/** Reads a request's JSON body, 4 MiB at most; undefined when the client went away meanwhile. */
export async function readBody(request: IncomingMessage): Promise<{ json: unknown } | Refusal | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES) return TOO_LARGE;
  const body = await collect(request);
  if (body === undefined || "status" in body) return body;
  try {
    return { json: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as unknown };
  } catch {
    return NO_JSON;
  }
}

function collect(request: IncomingMessage): Promise<Buffer | Refusal | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) return void chunks.push(chunk);
      // The stream goes on, so that an answer can be sent before the connection ends.
      request.off("data", take);
      resolve(TOO_LARGE);
    };
    request.on("data", take);
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("close", () => resolve(undefined));
    request.on("error", () => resolve(undefined));
  });
}
