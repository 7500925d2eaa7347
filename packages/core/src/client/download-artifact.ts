import { setTimeout as sleep } from "node:timers/promises";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CreateDownloadLinkRequestSchema } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { ToolContext } from "../contract.ts";
import { createToolError } from "../errors/tool-error.ts";
import type { GetAnswer, GetBytes } from "./get-bytes.ts";

/** What Flyte gives a link to, as CreateDownloadLink takes it. */
export type Artifact = Pick<
  MessageInitShape<typeof CreateDownloadLinkRequestSchema>,
  "artifactType" | "source"
>;

const EXPIRES_S = 300n;
const ATTEMPTS = 3;
const PAUSE_MS = 500;
const PASSING = [0, 408, 429, 500, 502, 503, 504];
const EXPIRED = /request has expired|expiredtoken|signature not valid in the specified time frame/i;

/** Reads an artifact of Flyte's by a link that the plane itself signs, never by one from elsewhere; throws a tool error when the store refuses it or it is larger than `mostBytes`. */
export async function downloadArtifact(
  flyte: ToolContext["flyte"],
  artifact: Artifact,
  mostBytes: number,
  getBytes: GetBytes,
  signal: AbortSignal,
): Promise<Uint8Array> {
  let answer = NOTHING;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await sleep(PAUSE_MS * attempt, undefined, { signal });
    // A new link each time: the old one may have expired.
    const url = await askForLink(flyte, artifact);
    answer = await get(url, mostBytes, getBytes, signal);
    if (answer.status === 200 && answer.isCut) throw tooLarge(mostBytes);
    if (answer.status === 200) return answer.content;
    if (!PASSING.includes(answer.status) && !EXPIRED.test(textOf(answer))) break;
  }
  throw describeRefusal(answer);
}

const NOTHING: GetAnswer = { status: 0, content: new Uint8Array(), isCut: false };

async function askForLink(flyte: ToolContext["flyte"], artifact: Artifact): Promise<string> {
  const request = { ...artifact, expiresIn: { seconds: EXPIRES_S } };
  const { preSignedUrls } = await flyte(DataProxyService).createDownloadLink(request);
  const url = preSignedUrls?.signedUrl[0] ?? "";
  if (/^https?:\/\//i.test(url)) return url;
  const message = "Flyte gave no link that can be read from here.";
  throw createToolError({ code: "unavailable", message });
}

async function get(
  url: string,
  mostBytes: number,
  getBytes: GetBytes,
  signal: AbortSignal,
): Promise<GetAnswer> {
  try {
    return await getBytes({ url, mostBytes, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return NOTHING;
  }
}

function tooLarge(mostBytes: number): Error {
  const message = `The artifact is larger than ${Math.floor(mostBytes / 2 ** 20)} MiB, the most that is read here.`;
  return createToolError({ code: "resource_exhausted", message });
}

/** Names no address: the query of a signed one is a credential. */
function describeRefusal(answer: GetAnswer): Error {
  const { status } = answer;
  const code = /<Code>([^<]{1,60})<\/Code>/.exec(textOf(answer))?.[1];
  const said =
    status === 0
      ? "it cannot be reached, or does not answer in time"
      : `it answers HTTP ${status}${code ? ` ${code}` : ""}`;
  return createToolError({
    code: status === 403 ? "permission_denied" : status === 404 ? "not_found" : "unavailable",
    message: `The artifact could not be read from Flyte's store: ${said}.`,
    retryable: PASSING.includes(status),
  });
}

function textOf({ content }: GetAnswer): string {
  return Buffer.from(content.subarray(0, 2_000)).toString("utf8");
}
