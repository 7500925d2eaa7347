import { Code, ConnectError } from "@connectrpc/connect";
import { isTerminal } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createLineCollector } from "./collect-lines.ts";
import type { CollectedLines, LineBatch, LineCollector, LineFilter } from "./collect-lines.ts";
import { openLogStream } from "./open-log-stream.ts";
import type { LogSource } from "./open-log-stream.ts";

export interface LogTailQuery extends LogSource, LineFilter {
  /** A stream that is silent for so many milliseconds has told all for now (default 1,500). */
  idleMs?: number;
  /** The longest that reading takes, in milliseconds (default 4,000). */
  totalMs?: number;
  /** Goes on while the attempt runs, as long as `totalMs` allows (default false). */
  isFollowing?: boolean;
  /** The caller's cancellation. */
  signal: AbortSignal;
}

/**
 * Why reading stopped. `end`: the stream ended. `idle`: nothing came any more. `live`: the newest line is of now.
 * `time`: the budget was used up, so newer lines may exist. `cut`: the stream broke after some lines.
 * `gone`: the plane has no log of the attempt. `no_service`: the plane serves no logs.
 */
export type LogStop = "end" | "idle" | "live" | "time" | "cut" | "gone" | "no_service";

export interface LogTail extends CollectedLines {
  stopped: LogStop;
}

const IDLE_MS = 1_500;
const TOTAL_MS = 4_000;
const ASK_MS = 3_000;
/** A line that was waited for so long was not lying ready: the backlog is over. */
const LIVE_GAP_MS = 100;

/** The last lines of an attempt's log that match, within fixed bounds of time and memory; throws only where nothing could be read. */
export async function readLogTail(flyte: ToolContext["flyte"], query: LogTailQuery): Promise<LogTail> {
  const leave = new AbortController();
  const signal = AbortSignal.any([leave.signal, query.signal]);
  const collector = createLineCollector(query);
  try {
    const stream = openLogStream(flyte, query, signal);
    const stopped = await drain(stream, collector, query, () => hasEnded(flyte, query, signal));
    return { ...collector.result(), stopped };
  } finally {
    leave.abort();
  }
}

async function drain(
  stream: AsyncGenerator<LineBatch[]>,
  collector: LineCollector,
  { idleMs = IDLE_MS, totalMs = TOTAL_MS, isFollowing = false, pod, signal }: LogTailQuery,
  askEnded: () => Promise<boolean>,
): Promise<LogStop> {
  const began = Date.now();
  let pending: Promise<Read> | undefined;
  let isOver = !isFollowing;
  for (;;) {
    const asked = Date.now();
    const leftMs = began + totalMs - asked;
    if (leftMs <= 0) return "time";
    // One read is kept while the clock runs: leaving it would end the stream and lose what a quiet task prints later.
    pending ??= settle(stream.next());
    const read = await within(pending, Math.min(idleMs, leftMs));
    signal.throwIfAborted();
    if (read === undefined) {
      if (leftMs <= idleMs) return "time";
      if (isOver) return "idle";
      isOver = await askEnded();
      continue;
    }
    pending = undefined;
    if ("error" in read) return readStop(read.error, collector);
    if (read.batches === undefined) return "end";
    read.batches.forEach(collector.take);
    const isLive = Date.now() - asked >= LIVE_GAP_MS && collector.newestMs() >= began;
    if (isLive && !isFollowing && pod !== "all") return "live";
  }
}

type Read = { batches: LineBatch[] | undefined } | { error: unknown };

/** Never rejects: a read that is left pending fails when the stream is left. */
function settle(next: Promise<IteratorResult<LineBatch[]>>): Promise<Read> {
  return next.then(
    ({ done, value }) => ({ batches: done ? undefined : (value as LineBatch[]) }),
    (error: unknown) => ({ error }),
  );
}

/** Undefined when the time is over first. */
function within(pending: Promise<Read>, ms: number): Promise<Read | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  return Promise.race([pending, over]).finally(() => clearTimeout(timer));
}

function readStop(error: unknown, collector: LineCollector): LogStop {
  const { code } = ConnectError.from(error);
  if (code === Code.NotFound) return "gone";
  if (code === Code.Unimplemented) return "no_service";
  if (collector.result().read === 0) throw error;
  return "cut";
}

/** Some planes keep a stream open after the pod has ended, so the attempt itself is asked. */
async function hasEnded(
  flyte: ToolContext["flyte"],
  { actionId, attempt }: LogTailQuery,
  signal: AbortSignal,
): Promise<boolean> {
  const { details } = await flyte(RunService)
    .getActionDetails({ actionId }, { signal, timeoutMs: ASK_MS })
    .catch(() => ({ details: undefined }));
  const own = details?.attempts.find((candidate) => candidate.attempt === attempt);
  const phases = [details?.status?.phase, own?.phase];
  return phases.some((phase) => phase !== undefined && isTerminal(phase));
}
