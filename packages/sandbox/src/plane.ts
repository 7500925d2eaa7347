import { randomBytes } from "node:crypto";
import type { WatchResponse } from "@flyte-mcp/idl/app/app_payload";
import type { Bus } from "./bus.ts";
import { createBus } from "./bus.ts";
import type { Clock } from "./clock.ts";
import { createClock } from "./clock.ts";
import type { Executor } from "./executor/executor.ts";
import type { AppTrouble, LogMode, Sandbox, SandboxCall, SandboxOptions } from "./options.ts";
import type { ActionRow, State } from "./state/state.ts";
import { createState } from "./state/state.ts";

/** What the services share: the state, its clock, and who is to be told of changes. */
export interface Plane {
  state: State;
  clock: Clock;
  execute: boolean;
  paceMs: number;
  logs: LogMode;
  codeBundles: boolean;
  images: boolean;
  /** Every stored change of an action or its events. */
  actionChanges: Bus<ActionRow>;
  /** Changes of root actions, as a watch of runs sees them. */
  runChanges: Bus<ActionRow>;
  /** Log lines of the executor's pods. */
  logChanges: Bus<ActionRow>;
  /** What watchers of apps are told, whichever app it is of. */
  appEvents: Bus<WatchResponse>;
  /** Spent as it is made. */
  appTrouble: AppTrouble;
  calls: SandboxCall[];
  executor: Executor | undefined;
  /** Signs the URLs of the object store; another start has another one. */
  signingKey: Uint8Array;
  /** Tells that the state has changed and is to be kept. */
  changed: () => void;
  /** Aborted when the plane is closed. */
  closing: AbortController;
}

/** Where a plane keeps its data. */
export const STORAGE_PREFIX = "s3://flyte-data";

const DEFAULT_PACE_MS = 300;

export function createPlane(options: SandboxOptions, state: State = createState()): Plane {
  return {
    state,
    clock: createClock(options.now ?? (() => new Date())),
    execute: options.execute ?? true,
    paceMs: options.paceMs ?? DEFAULT_PACE_MS,
    logs: options.logs ?? "open-source",
    codeBundles: options.codeBundles ?? false,
    images: options.images ?? true,
    actionChanges: createBus(),
    runChanges: createBus(),
    logChanges: createBus(),
    appEvents: createBus(),
    appTrouble: { ...options.apps },
    calls: [],
    executor: undefined,
    signingKey: randomBytes(32),
    changed: () => undefined,
    closing: new AbortController(),
  };
}

/** Milliseconds between a change and its arrival at watchers: a real plane reads the row anew by then. */
export function notifyDelayMs(plane: Plane): number {
  return Math.min(20, plane.paceMs / 4);
}

/** Ends streams and running scripts. */
export function closePlane(plane: Plane): ReturnType<Sandbox["close"]> {
  plane.closing.abort();
  [plane.actionChanges, plane.runChanges, plane.logChanges].forEach((bus) => bus.close());
  plane.appEvents.close();
  return Promise.resolve();
}
