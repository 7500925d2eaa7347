import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CreateUploadLocationResponse } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { Scope, ToolContext } from "../contract.ts";
import { createToolError } from "../errors/tool-error.ts";
import type { PutBytes } from "./put-bytes.ts";

/** A file to put into Flyte's store. */
export interface UploadedFile {
  name: string;
  content: Uint8Array;
}

const EXPIRES_S = 900n;
const ATTEMPTS = 3;
const LONGEST_PAUSE_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const PASSING = [408, 429, 500, 502, 503, 504];
const EXPIRED = /request has expired|expiredtoken|signature not valid in the specified time frame/i;

type Flyte = ToolContext["flyte"];

/** Puts a file into Flyte's own store by a signed URL and gives its URI; throws a tool error when the store refuses it. */
export async function uploadFile(
  flyte: Flyte,
  scope: Scope,
  file: UploadedFile,
  putBytes: PutBytes,
  signal: AbortSignal,
): Promise<string> {
  const first = await askForPlace(flyte, scope, file);
  const refusal = await put(first, file, putBytes, signal);
  if (refusal === undefined) return first.nativeUrl;
  if (!EXPIRED.test(refusal.body)) throw describeRefusal(file, refusal);
  const second = await askForPlace(flyte, scope, file);
  const again = await put(second, file, putBytes, signal);
  if (again) throw describeRefusal(file, again);
  return second.nativeUrl;
}

function askForPlace(flyte: Flyte, { org, project, domain }: Scope, { name, content }: UploadedFile) {
  return flyte(DataProxyService).createUploadLocation({
    org,
    project,
    domain,
    filename: name,
    contentMd5: createHash("md5").update(content).digest(),
    contentLength: BigInt(content.length),
    expiresIn: { seconds: EXPIRES_S },
    addContentMd5Metadata: true,
  });
}

interface Refusal {
  status: number;
  body: string;
}

/** Undefined when the store has taken the file; stalls and faults of the store are tried again. */
async function put(
  place: CreateUploadLocationResponse,
  file: UploadedFile,
  putBytes: PutBytes,
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  let refusal: Refusal = { status: 0, body: "" };
  let pauseMs = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await sleep(pauseMs, undefined, { signal });
    const answer = await send(place, file, putBytes, signal);
    if (answer && answer.status >= 200 && answer.status < 300) return undefined;
    refusal = answer ?? refusal;
    const isPassing = !answer || PASSING.includes(answer.status) || answer.body.includes("RequestTimeout");
    if (!isPassing) break;
    const asked = (answer?.retryAfterS ?? 0) * 1000;
    pauseMs = Math.min(asked || FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
  }
  return refusal;
}

async function send(
  place: CreateUploadLocationResponse,
  { content }: UploadedFile,
  putBytes: PutBytes,
  signal: AbortSignal,
) {
  // The plane may give the length of the hash as content-length; the real one is set by the client.
  const given = Object.entries(place.headers).filter(([name]) => name.toLowerCase() !== "content-length");
  const headers: Record<string, string> = {
    ...Object.fromEntries(given),
    "content-md5": createHash("md5").update(content).digest("base64"),
    ...(place.nativeUrl.startsWith("abfs") && { "x-ms-blob-type": "BlockBlob" }),
  };
  try {
    return await putBytes({ url: place.signedUrl, headers, content, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

function describeRefusal({ name, content }: UploadedFile, { status, body }: Refusal): Error {
  const size = `${name} (${content.length} bytes)`;
  const code = /<Code>([^<]{1,60})<\/Code>/.exec(body)?.[1];
  const said =
    status === 0
      ? "it cannot be reached, or does not answer in time"
      : `it answers HTTP ${status}${code ? ` ${code}` : ""}`;
  return createToolError({
    code: status === 403 ? "permission_denied" : "unavailable",
    message: `The file ${size} could not be put into Flyte's store: ${said}.`,
    hint: "Nothing was launched. Give a URI of a file that is in the store already, or try again.",
    retryable: status === 0 || PASSING.includes(status),
  });
}
