import { setTimeout as sleep } from "node:timers/promises";
import type { ToolContext } from "@flyte-mcp/core";
import { readLogTail } from "@flyte-mcp/observe";
import type { LogTail, LogTailQuery } from "@flyte-mcp/observe";
import { readAttempt } from "./read-attempt.ts";
import type { AttemptState } from "./read-attempt.ts";

type Query = Omit<LogTailQuery, "attempt" | "signal" | "idleMs" | "totalMs" | "isFollowing">;

export interface LogRead {
  state: AttemptState;
  /** Undefined where there was nothing to open yet. */
  tail: LogTail | undefined;
}

const RETRY_MS = 2_000;
const HEARTBEAT_MS = 8_000;
/** Silence of a running task says less than that of one that has ended. */
const RUNNING = { idleMs: 2_000, totalMs: 4_000 };
const ENDED = { idleMs: 1_500, totalMs: 20_000 };

/** The log of an attempt as it stands, or, with `waitMs`, as it is once the attempt has ended or the time is up. */
export async function followLog(
  context: Pick<ToolContext, "flyte" | "signal" | "progress">,
  first: AttemptState,
  query: Query,
  waitMs: number,
): Promise<LogRead> {
  const until = Date.now() + waitMs;
  const stopTelling = tellRegularly(context, first);
  try {
    let read = await readOnce(context, first, query, waitMs);
    while (isMissing(read) && !read.state.isOver && Date.now() < until) {
      await sleep(Math.min(RETRY_MS, until - Date.now()), undefined, { signal: context.signal });
      const state = await readAttempt(context.flyte, query.actionId, first.number);
      read = await readOnce(context, state, query, until - Date.now());
    }
    if (waitMs === 0 || read.state.isOver) return read;
    return { ...read, state: await readAttempt(context.flyte, query.actionId, first.number) };
  } finally {
    stopTelling();
  }
}

async function readOnce(
  { flyte, signal }: Pick<ToolContext, "flyte" | "signal">,
  state: AttemptState,
  query: Query,
  leftMs: number,
): Promise<LogRead> {
  if (!state.isLogged) return { state, tail: undefined };
  const isFollowing = leftMs > 0 && !state.isOver;
  const { idleMs, totalMs } = state.isOver ? ENDED : RUNNING;
  const budget = { idleMs, totalMs: Math.max(totalMs, leftMs), isFollowing };
  const tail = await readLogTail(flyte, { ...query, ...budget, attempt: state.number, signal });
  return { state, tail };
}

/** A stream that is opened before the container runs ends at once, or is refused. */
function isMissing({ tail }: LogRead): boolean {
  return tail === undefined || (tail.read === 0 && ["gone", "end"].includes(tail.stopped));
}

function tellRegularly({ progress }: Pick<ToolContext, "progress">, { phase }: AttemptState): () => void {
  let told = 0;
  const tell = () => progress({ progress: ++told, message: `The attempt was ${phase}; reading its log.` });
  const timer = setInterval(tell, HEARTBEAT_MS);
  return () => clearInterval(timer);
}
