import { Code, ConnectError } from "@connectrpc/connect";
import type { Client } from "@connectrpc/connect";
import { isTerminal, phaseName } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { pause } from "./pause.ts";
import type { rootAction } from "./root-action.ts";

const REREAD_EVERY_MS = 50;
const REREAD_FOR_MS = 2_000;
const POLL_EVERY_MS = 1_000;
const LONGEST_BACKOFF_MS = 1_000;
const GRACE_MS = 1_000;
const QUICK_MS = 2_000;
const HEARTBEAT_MS = 8_000;
const MOST_FAILURES = 5;
const FINAL: readonly Code[] = [
  Code.NotFound,
  Code.PermissionDenied,
  Code.Unauthenticated,
  Code.InvalidArgument,
];

type ActionId = ReturnType<typeof rootAction>;

export interface FollowOptions {
  /** How long to follow, in milliseconds. */
  waitMs: number;
  /** The caller's cancellation. */
  signal: AbortSignal;
  progress: ToolContext["progress"];
}

/** Follows an action until its own phase is terminal or the time is up; returns its newest details either way. */
export async function followAction(
  flyte: ToolContext["flyte"],
  actionId: ActionId,
  { waitMs, signal, progress }: FollowOptions,
): Promise<ActionDetails | undefined> {
  const runs = flyte(RunService);
  const stop = new AbortController();
  const until = AbortSignal.any([stop.signal, signal]);
  const timer = setTimeout(() => stop.abort(), waitMs);
  const watch: Watch = { latest: undefined, told: 0, finish: () => stop.abort(), progress };
  try {
    const first = readFirst(runs, actionId, watch, waitMs);
    await Promise.all([
      followStream(runs, actionId, watch, until, first),
      heartbeat(runs, actionId, watch, until),
    ]);
    await first;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
  signal.throwIfAborted();
  return watch.latest;
}

/** The state that any answer needs, also one for which there is no time to wait; tried again once when it fails at once. */
async function readFirst(runs: Runs, actionId: ActionId, watch: Watch, waitMs: number): Promise<void> {
  const options = { timeoutMs: waitMs + GRACE_MS };
  const began = Date.now();
  const read = await runs.getActionDetails({ actionId }, options).catch((error: unknown) => {
    const isPassing = !FINAL.includes(ConnectError.from(error).code) && Date.now() - began < QUICK_MS;
    if (!isPassing) throw error;
    return runs.getActionDetails({ actionId }, options);
  });
  see(watch, read.details);
}

interface Watch {
  latest: ActionDetails | undefined;
  /** Progress so far; it must grow with every notice. */
  told: number;
  finish: () => void;
  progress: ToolContext["progress"];
}

type Runs = Client<typeof RunService>;

function see(watch: Watch, details: ActionDetails | undefined): void {
  if (details === undefined) return;
  const isNews = details.status?.phase !== watch.latest?.status?.phase;
  watch.latest = details;
  if (isNews) tell(watch);
  if (isDone(watch)) watch.finish();
}

function tell(watch: Watch): void {
  watch.told += 1;
  watch.progress({
    progress: watch.told,
    message: `The run is ${phaseName(watch.latest?.status?.phase ?? 0)}.`,
  });
}

function isDone({ latest }: Watch): boolean {
  return latest?.status !== undefined && isTerminal(latest.status.phase);
}

/** Streams are cut, end early, stay open after the end or are not there; each is survived until `until` says to stop. */
async function followStream(
  runs: Runs,
  actionId: ActionId,
  watch: Watch,
  until: AbortSignal,
  first: Promise<void>,
): Promise<void> {
  await first;
  let cuts = 0;
  let hasStream = true;
  while (!until.aborted) {
    try {
      if (!hasStream) await pause(POLL_EVERY_MS, until);
      for await (const { details } of hasStream
        ? runs.watchActionDetails({ actionId }, { signal: until })
        : []) {
        cuts = 0;
        see(watch, details);
      }
      await reread(runs, actionId, watch, until, hasStream ? REREAD_FOR_MS : REREAD_EVERY_MS);
    } catch (error) {
      if (until.aborted) return;
      const { code } = ConnectError.from(error);
      hasStream &&= code !== Code.Unimplemented;
      if (FINAL.includes(code) || ++cuts > MOST_FAILURES) throw error;
      await pause(Math.min(250 * (cuts - 1), LONGEST_BACKOFF_MS), until);
      await reread(runs, actionId, watch, until, REREAD_EVERY_MS).catch(() => undefined);
    }
  }
}

/** After a clean end the action's own row follows the last attempt by some 25 to 95 ms. */
async function reread(
  runs: Runs,
  actionId: ActionId,
  watch: Watch,
  until: AbortSignal,
  forMs: number,
): Promise<void> {
  for (let waited = 0; waited < forMs && !until.aborted; waited += REREAD_EVERY_MS) {
    see(watch, (await runs.getActionDetails({ actionId }, { signal: until })).details);
    if (!until.aborted) await pause(REREAD_EVERY_MS, until);
  }
}

/** Tells the caller that the wait goes on, and reads the state where a proxy holds the stream back. */
async function heartbeat(runs: Runs, actionId: ActionId, watch: Watch, until: AbortSignal): Promise<void> {
  for (;;) {
    await pause(HEARTBEAT_MS, until);
    if (until.aborted) return;
    tell(watch);
    const read = await runs.getActionDetails({ actionId }, { signal: until }).catch(() => undefined);
    see(watch, read?.details);
  }
}
