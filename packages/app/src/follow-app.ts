import { setTimeout as sleep } from "node:timers/promises";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Client } from "@connectrpc/connect";
import type { ToolContext } from "@flyte-mcp/core";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import type { WatchResponse } from "@flyte-mcp/idl/app/app_payload";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { changedAtMs, statusClass, statusName } from "./app-status.ts";
import { judge } from "./judge.ts";
import type { Target, Verdict } from "./judge.ts";
import type { AppId } from "./read-app.ts";

const TICK_MS = 100;
const POLL_EVERY_MS = 2_000;
const HEARTBEAT_MS = 8_000;
const MOST_FAILURES = 5;
const FINAL: readonly Code[] = [Code.NotFound, Code.PermissionDenied, Code.Unauthenticated];

export interface FollowOptions {
  target: Target;
  /** A status that began after this is a new one; by Flyte's clock, in milliseconds. */
  changedBeforeMs: number | undefined;
  waitMs: number;
  /** The caller's cancellation. */
  signal: AbortSignal;
  progress: ToolContext["progress"];
}

/** How a wait ended, and the newest that was seen of the app. */
export interface Followed {
  app: App;
  verdict: Verdict | "deleted";
}

/** Follows an app, of which the request's answer is the first sight, until it is there, has failed or the time is up. */
export async function followApp(
  flyte: ToolContext["flyte"],
  id: AppId,
  first: App,
  options: FollowOptions,
): Promise<Followed> {
  const { waitMs, signal } = options;
  const stop = new AbortController();
  const until = AbortSignal.any([stop.signal, signal]);
  const watch: Watch = {
    app: first,
    verdict: "wait",
    since: Date.now(),
    told: 0,
    wasUp: false,
    wasUnderWay: false,
    options,
    stop,
  };
  tell(watch);
  see(watch, first);
  const timer = setTimeout(() => stop.abort(), waitMs);
  try {
    const apps = flyte(AppService);
    await Promise.all([followStream(apps, id, watch, until), heartbeat(apps, id, watch, until)]);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
  signal.throwIfAborted();
  // A stream may have been silent all the time.
  if (watch.verdict === "wait") await reread(flyte(AppService), id, watch, signal).catch(() => undefined);
  return watch;
}

type Apps = Client<typeof AppService>;

interface Watch extends Followed {
  /** When it was first seen in its status, by our clock. */
  since: number;
  /** Progress so far; it must grow with every notice. */
  told: number;
  wasUp: boolean;
  wasUnderWay: boolean;
  options: FollowOptions;
  stop: AbortController;
}

function see(watch: Watch, app: App | undefined): void {
  if (app === undefined || watch.verdict !== "wait") return;
  const isNews = statusName(app) !== statusName(watch.app);
  watch.app = app;
  watch.wasUp ||= statusClass(app) !== "stopped";
  watch.wasUnderWay ||= statusClass(app) === "in_progress";
  if (isNews) {
    watch.since = Date.now();
    tell(watch);
  }
  decide(watch);
}

/** What Get answers may be half a minute old. */
function isOlder(app: App, than: App): boolean {
  return (changedAtMs(app) ?? Infinity) < (changedAtMs(than) ?? 0);
}

function decide(watch: Watch): void {
  const { target, changedBeforeMs } = watch.options;
  const seenForMs = Date.now() - watch.since;
  const { wasUp, wasUnderWay } = watch;
  watch.verdict = judge(watch.app, { target, changedBeforeMs, seenForMs, wasUp, wasUnderWay });
  if (watch.verdict !== "wait") watch.stop.abort();
}

function tell(watch: Watch): void {
  watch.told += 1;
  watch.options.progress({ progress: watch.told, message: `The app is ${statusName(watch.app)}.` });
}

/** Streams are cut, end early or are not there; each is survived until `until` says to stop. */
async function followStream(apps: Apps, id: AppId, watch: Watch, until: AbortSignal): Promise<void> {
  let failures = 0;
  let hasStream = true;
  while (!until.aborted) {
    try {
      const target = { case: "appId", value: id } as const;
      for await (const event of hasStream ? apps.watch({ target }, { signal: until }) : [])
        readEvent(watch, id, event);
      await pause(POLL_EVERY_MS, until);
      await reread(apps, id, watch, until);
      failures = 0;
    } catch (error) {
      if (until.aborted) return;
      const { code } = ConnectError.from(error);
      if (code === Code.Unimplemented && hasStream) hasStream = false;
      else if (FINAL.includes(code) || ++failures > MOST_FAILURES) throw error;
      else await pause(250 * failures, until);
    }
  }
}

async function reread(apps: Apps, id: AppId, watch: Watch, until: AbortSignal): Promise<void> {
  if (until.aborted) return;
  const { app } = await apps.get({ identifier: { case: "appId", value: id } }, { signal: until });
  if (app && !isOlder(app, watch.app)) see(watch, app);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** The open-source plane tells of apps of the same name in other projects as well. */
function readEvent(watch: Watch, id: AppId, { event }: WatchResponse): void {
  const app = event.case === "updateEvent" ? event.value.updatedApp : event.value?.app;
  const { project, domain, name } = app?.metadata?.id ?? {};
  if (project !== id.project || domain !== id.domain || name !== id.name) return;
  if (event.case !== "deleteEvent") return see(watch, app);
  watch.verdict = "deleted";
  watch.stop.abort();
}

/** Decides what only time decides, tells the caller that the wait goes on, and looks where a proxy holds the stream back. */
async function heartbeat(apps: Apps, id: AppId, watch: Watch, until: AbortSignal): Promise<void> {
  let last = Date.now();
  for (;;) {
    await pause(TICK_MS, until);
    if (until.aborted) return;
    decide(watch);
    if (until.aborted || Date.now() - last < HEARTBEAT_MS) continue;
    last = Date.now();
    tell(watch);
    await reread(apps, id, watch, until).catch(() => undefined);
  }
}
