import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { createToolError } from "@flyte-mcp/core";
import { readTar } from "./read-tar.ts";
import type { Archive } from "./read-tar.ts";

const MOST_BYTES = 50 * 2 ** 20;

/** The files of a code bundle, unpacked in memory; throws a tool error for a damaged archive or one that grows too large. */
export async function unpackCode(packed: Uint8Array): Promise<Archive> {
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
  return readTar(isGzip ? await inflate(packed) : packed);
}

async function inflate(packed: Uint8Array): Promise<Uint8Array> {
  return promisify(gunzip)(packed, { maxOutputLength: MOST_BYTES }).catch((error: NodeJS.ErrnoException) => {
    const isTooLarge = error.code === "ERR_BUFFER_TOO_LARGE";
    const message = isTooLarge
      ? `The code is larger than ${MOST_BYTES / 2 ** 20} MiB when unpacked, the most that is read here.`
      : "The code that Flyte gave is damaged: it cannot be unpacked.";
    throw createToolError({ code: isTooLarge ? "resource_exhausted" : "data_loss", message });
  });
}
