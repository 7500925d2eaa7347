import type { Json } from "./call-plane.ts";

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const SHARD = /s3:\/\/flyte-data\/[a-z0-9]{2}\//g;

/** What one plane names otherwise than another. */
const OWN = ["cluster"];

/** An answer of an executing plane without what differs from one plane or run to the next. */
export function asSeen(json: Json, key = ""): Json {
  if (typeof json === "string") return TIME.test(json) ? "a time" : withoutOwn(json, key);
  if (Array.isArray(json)) return json.map((item) => asSeen(item, key));
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).filter(([name]) => !OWN.includes(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, asSeen(value, name)]));
}

function withoutOwn(text: string, key: string): string {
  if (key === "token") return withoutVersion(text);
  return key === "durationMs" ? "a duration" : text.replace(SHARD, "s3://flyte-data/**/");
}

/** A page token of Kubernetes without the version of the list, which each cluster counts for itself. */
function withoutVersion(token: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  return text.startsWith("{") ? text.replace(/"rv":\d+/, '"rv":"**"') : token;
}

/** The lines of a log, however they were sent, without the frames of the SDK's own files. */
export function linesOf(messages: readonly Json[]): string[] {
  return (messages as unknown as { logs?: { lines?: { message?: string }[] }[] }[])
    .flatMap(({ logs = [] }) => logs.flatMap(({ lines = [] }) => lines.map(({ message = "" }) => message)))
    .filter((line) => !line.startsWith("  "))
    .map((line) => line.replace(SHARD, "s3://flyte-data/**/"));
}
