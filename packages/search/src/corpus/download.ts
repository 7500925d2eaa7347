import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { Fetch } from "./fetch-error.ts";
import { createFetchError } from "./fetch-error.ts";
import { isUrl } from "./read-source.ts";
import type { Source } from "./read-source.ts";

const MOST_MS = 180_000;
const TELL_EVERY = 4 * 1024 * 1024;

export interface Download {
  bytes: Buffer;
  /** What the answer says it is; empty of a file. */
  type: string;
  /** Where it was found in the end. */
  url: string;
}

/** Downloads a file, or reads it from this machine; throws a fetch error when it has more than `most` bytes. */
export async function download(
  { address, shown }: Pick<Source, "address" | "shown">,
  most: number,
  { signal, tell }: Fetch,
): Promise<Download> {
  const { stream, ...rest } = await open(address, shown, signal);
  const chunks: Buffer[] = [];
  let [size, told] = [0, 0];
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > most) throw createFetchError(`${shown} is larger than ${most >> 20} MiB and was not kept.`);
      if (size - told < TELL_EVERY) continue;
      told = size;
      tell(`Downloaded ${size >> 20} MiB of ${shown}`);
    }
  } catch (error) {
    throw size > most || signal.aborted ? error : createFetchError(`The download of ${shown} broke off.`);
  }
  return { bytes: Buffer.concat(chunks), ...rest };
}

async function open(address: string, shown: string, signal: AbortSignal) {
  if (!isUrl(address)) return { stream: createReadStream(address), type: "", url: address };
  if (!/^https?:/i.test(address)) throw createFetchError(`${shown} is neither an http nor an https address.`);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)]);
  const response = await fetch(address, { signal: limited }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw createFetchError(`${shown} cannot be reached.`);
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw createFetchError(`${shown} answered with status ${response.status}.`);
  }
  const stream = Readable.fromWeb(response.body as ReadableStream);
  return { stream, type: response.headers.get("content-type") ?? "", url: response.url };
}
