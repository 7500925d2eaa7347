import type { DescMethod } from "@bufbuild/protobuf";
import { fromBinary } from "@bufbuild/protobuf";
import { BytesValueSchema, DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { isNeverConnected, isStreamCut, networkCause } from "../errors/network-cause.ts";
import { rpcEffect } from "../guard/rpc-effect.ts";

// Writes that leave the same state when they come twice.
const REPEATABLE: readonly string[] = [
  "app.AppService/Update",
  "dataproxy.DataProxyService/CreateUploadLocation",
  "dataproxy.DataProxyService/UploadInputs",
  "secret.SecretService/DeleteSecret",
  "trigger.TriggerService/UpdateTriggers",
  "workflow.RunService/AbortAction",
  "workflow.RunService/AbortRun",
  "workflow.RunService/SignalEvent",
];

const RESETS: readonly string[] = [
  "ECONNRESET",
  "EPIPE",
  "ERR_HTTP2_STREAM_CANCEL",
  "ERR_HTTP2_SESSION_ERROR",
];

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** Milliseconds to wait before the same call may be sent again after `failures` earlier ones, or undefined when it may not. */
export function retryPause(error: unknown, method: DescMethod, failures: number): number | undefined {
  if (!(error instanceof ConnectError)) return undefined;
  if (isNeverConnected(error)) return backOff(failures);
  if (!isRepeatable(method)) return undefined;
  const asked = askedPause(error);
  // The caller knows better what to do with so much time.
  if (asked !== undefined && asked > LONGEST_MS) return undefined;
  if (error.code === Code.ResourceExhausted || error.rawMessage === "HTTP 429") return asked;
  const cause = networkCause(error);
  if (cause) return RESETS.includes(cause.code) ? backOff(failures) : undefined;
  if (isStreamCut(error)) return backOff(failures);
  return error.code === Code.Unavailable ? (asked ?? backOff(failures)) : undefined;
}

function isRepeatable(method: DescMethod): boolean {
  const name = `${method.parent.typeName.replace(/^flyteidl2\./, "")}/${method.name}`;
  return rpcEffect(method) === "read" || REPEATABLE.includes(name);
}

function backOff(failures: number): number {
  return Math.min(FIRST_MS * 2 ** failures, LONGEST_MS) * (0.5 + Math.random());
}

/** What the plane asks for, by `Retry-After` in seconds or as a date, or by google.rpc.RetryInfo; undefined when it says nothing. */
function askedPause(error: ConnectError): number | undefined {
  const header = error.metadata.get("retry-after");
  if (header !== null) {
    const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
  }
  const info = error.details.find((detail) => "type" in detail && detail.type === "google.rpc.RetryInfo");
  return info && "value" in info && info.value instanceof Uint8Array ? readRetryInfo(info.value) : undefined;
}

function readRetryInfo(bytes: Uint8Array): number | undefined {
  try {
    // RetryInfo has one field, a Duration, at the number where BytesValue has its bytes.
    const { seconds, nanos } = fromBinary(DurationSchema, fromBinary(BytesValueSchema, bytes).value);
    return Number(seconds) * 1000 + nanos / 1e6;
  } catch {
    return undefined;
  }
}
