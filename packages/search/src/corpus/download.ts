import { createReadStream } from "node:fs";
import { request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { createWebAgents } from "@flyte-mcp/core";
import type { Fetch } from "./fetch-error.ts";
import { createFetchError, isFetchError } from "./fetch-error.ts";
import { isUrl } from "./read-source.ts";
import type { Source } from "./read-source.ts";

const MOST_MS = 180_000;
const IDLE_MS = 20_000;
const MOST_REDIRECTS = 5;
const TELL_EVERY = 4 * 1024 * 1024;

/** What is downloaded, and how it may be called. */
export type Wanted = Pick<Source, "address" | "shown"> & {
  /** Whether a redirect may lead to another site (default true). */
  mayMove?: boolean;
};

export interface Download {
  chunks: AsyncIterable<Buffer>;
  /** What the answer says it is; empty of a file. */
  type: string;
}

/** Opens a file of this machine or an http address; its chunks throw a fetch error beyond `most` bytes. */
export async function openDownload(wanted: Wanted, most: number, fetch: Fetch): Promise<Download> {
  const { address, shown } = wanted;
  if (!isUrl(address)) return { chunks: limit(createReadStream(address), shown, most, fetch), type: "" };
  const signal = AbortSignal.any([fetch.signal, AbortSignal.timeout(MOST_MS)]);
  const response = await follow(wanted, signal).catch((error: unknown) => {
    if (fetch.signal.aborted || isFetchError(error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw createFetchError(`${shown} cannot be reached (${code ?? "no answer"}).`);
  });
  return {
    chunks: limit(response, shown, most, fetch),
    type: response.headers["content-type"] ?? "",
  };
}

/** The same, whole. */
export async function download(wanted: Wanted, most: number, fetch: Fetch) {
  const { chunks, type } = await openDownload(wanted, most, fetch);
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return { bytes: Buffer.concat(all), type };
}

async function* limit(
  stream: AsyncIterable<Buffer>,
  shown: string,
  most: number,
  { signal, tell }: Fetch,
): AsyncGenerator<Buffer> {
  let [size, told] = [0, 0];
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > most) throw createFetchError(`${shown} is larger than ${most >> 20} MiB and was not kept.`);
      if (size - told >= TELL_EVERY) {
        told = size;
        tell(`Downloaded ${size >> 20} MiB of ${shown}`);
      }
      yield chunk;
    }
  } catch (error) {
    if (isFetchError(error) || signal.aborted) throw error;
    throw createFetchError(`The download of ${shown} broke off.`);
  }
}

async function follow({ address, shown, mayMove = true }: Wanted, signal: AbortSignal) {
  const agentFor = createWebAgents();
  let url = new URL(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await get(url, agentFor(url.href), signal);
    const { statusCode: status = 0, headers } = response;
    if (status === 200) return response;
    response.destroy();
    const next = status >= 300 && status < 400 ? headers.location : undefined;
    if (next === undefined) throw createFetchError(`${shown} answered with status ${status}.`);
    const target = new URL(next, url);
    const isLess = url.protocol === "https:" && target.protocol !== "https:";
    if (isLess || (!mayMove && target.origin !== url.origin))
      throw createFetchError(`${shown} leads to another site, which is not followed.`);
    url = target;
  }
  throw createFetchError(`${shown} leads in circles.`);
}

function get(url: URL, agent: ReturnType<ReturnType<typeof createWebAgents>>, signal: AbortSignal) {
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw createFetchError("Only http and https addresses and files can be downloaded.");
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.protocol === "https:" ? httpsRequest : httpRequest;
    const sent = request(url, { agent, signal, headers: { "user-agent": "flyte-mcp" } }, resolve);
    sent.setTimeout(IDLE_MS, () => sent.destroy(new Error("no bytes for too long")));
    sent.on("error", reject);
    sent.end();
  });
}
