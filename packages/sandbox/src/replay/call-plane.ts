import { readFileSync } from "node:fs";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One recorded call and what came of it. */
export interface Call {
  rpc: string;
  request: Json;
  headers?: Record<string, string>;
  response?: Json;
  error?: { http: number; code?: string; message?: string; raw?: string };
}

/** A line of a recording. */
export interface Step extends Call {
  n: number;
  stream?: true;
  messages?: { message: Json }[];
  end?: string | { end_of_stream: Json };
  meanwhile?: Call[];
}

/** A stream as it is read: what has come so far, and its end when there was one. */
export interface OpenStream {
  seen: { messages: Json[]; end?: Json };
  reading: Promise<void>;
  leave(): void;
}

/** The lines of a recorded conversation. */
export function readRecording<T>(name: string): T[] {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

/** What a call was answered with in the recording. */
export function recordedOutcome({ response, error }: Call): Json {
  return error ? { error } : { response: response as Json };
}

/** What the plane at `url` answers to a unary call. */
export async function callUnary(url: string, call: Call): Promise<Json> {
  const response = await post(url, call, "application/json", JSON.stringify(call.request));
  const body = await response.text();
  if (response.ok) return { response: JSON.parse(body) as Json };
  if (!body.startsWith("{")) return { error: { http: response.status, raw: body } };
  const { code = "", message = "" } = JSON.parse(body) as Record<string, string>;
  return { error: { http: response.status, code, message } };
}

/** Opens a stream of the plane at `url`. */
export async function openStream(url: string, call: Call): Promise<OpenStream> {
  const seen: OpenStream["seen"] = { messages: [] };
  const payload = Buffer.from(JSON.stringify(call.request));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length, 1);
  const leaving = new AbortController();
  const body = Buffer.concat([head, payload]);
  const response = await post(url, call, "application/connect+json", body, leaving.signal);
  const reading = (async () => {
    for await (const { last, json } of readEnvelopes(response.body as unknown as AsyncIterable<Uint8Array>))
      if (last) seen.end = json;
      else seen.messages.push(json);
  })().catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });
  return { seen, reading, leave: () => leaving.abort() };
}

function post(
  url: string,
  call: Call,
  contentType: string,
  body: string | Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Response> {
  const headers = { "content-type": contentType, ...call.headers };
  const init = { method: "POST", headers, body, ...(signal ? { signal } : {}) };
  return fetch(`${url}/flyteidl2.${call.rpc}`, init);
}

/** Splits a streamed body into its envelopes. */
async function* readEnvelopes(body: AsyncIterable<Uint8Array>) {
  let rest = Buffer.alloc(0);
  for await (const chunk of body) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
      const end = 5 + rest.readUInt32BE(1);
      const json = JSON.parse(rest.subarray(5, end).toString()) as Json;
      yield { last: (rest.readUInt8(0) & 2) !== 0, json };
      rest = rest.subarray(end);
    }
  }
}
