import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConnectRouter } from "@connectrpc/connect";
import type { LoginOptions } from "./issuer/login-options.ts";

/** How a plane makes trouble with apps. */
export interface AppTrouble {
  /** So many updates are answered Aborted, as where somebody else is always quicker (default 0). */
  conflicts?: number;
  /** Watch streams end after their first events, stay open without a word, or are not served. */
  watch?: "ends" | "silent" | "missing";
  /** Milliseconds that an app takes to start, pending until then (default: as `paceMs`, without being pending). */
  startMs?: number;
  /** So many Gets answer that there is no such app, though there is, as a plane does whose copies lag behind (default 0). */
  unseen?: number;
  /**
   * As a hosted plane: it lists the apps of an organization, counts revisions, keeps labels and who created an app, and
   * refuses with this code to create one that is there (default: as the open-source one, where Create replaces).
   */
  hosted?: "already_exists" | "aborted";
  /** Where every app is reached (default: a name of its own below `localhost:30081`). */
  publicUrl?: string;
}

/** How a sandbox behaves; every field has a default. */
export interface SandboxOptions {
  /** The executor moves runs through their phases (default true); without it only InternalRunService does. */
  execute?: boolean;
  /** Milliseconds that one phase of a run lasts (default 300). */
  paceMs?: number;
  /** Begin with the projects and the tasks `seed.*`, `pulls.never` and `payroll.pay` (default true). */
  seed?: boolean;
  /** Begin with a few days of runs, a few triggers and apps and the task `sandbox.ask` as well (default: as `seed`). */
  history?: boolean;
  /** Images can be built, as on hosted planes: the image service and the task `build-image` of `system` (default true). */
  images?: boolean;
  /** Trouble with apps (default: none); one whose name ends in `-fail` fails to start in any case. */
  apps?: AppTrouble;
  /** The state is kept in this file and loaded from it at the next start. */
  file?: string;
  /** How log streams behave (default `open-source`). */
  logs?: LogMode;
  /** CreateDownloadLink gives the code of a run, as hosted planes do (default false: the open-source one refuses). */
  codeBundles?: boolean;
  /** The clock of the plane (default: the machine's). */
  now?: () => Date;
  /** The plane demands a token of its own issuer; without this it takes every call. */
  login?: LoginOptions;
}

/**
 * `open-source`: a stream follows a running pod and ends with it; the log stays. `stays-open`: it never ends by itself.
 * `ends-early`: it ends after what there is, at most a batch. `pods-gone`: the log is lost with the end of the attempt.
 */
export type LogMode = "open-source" | "stays-open" | "ends-early" | "pods-gone";

/** One RPC that reached the plane, e.g. `flyteidl2.workflow.RunService/CreateRun`, or a token given, e.g. `issuer/refresh_token`. */
export interface SandboxCall {
  procedure: string;
}

/** An embedded control plane; mount `routes` on a server or give them to `createRouterTransport`. */
export interface Sandbox {
  routes: (router: ConnectRouter) => void;
  /** Answers requests to the signed URLs that the plane gives out; they begin with `/flyte-data/`. */
  serveStore: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /**
   * Answers what belongs to the plane's login, true when it did: requests below `/oauth2/`, and calls without a token
   * where those are sent to a page.
   */
  serveLogin: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Makes every access token invalid, as a plane that restarts with another key does. */
  revokeTokens: () => void;
  /** Every RPC that reached the plane, in order. */
  calls: () => readonly SandboxCall[];
  /** Ends open streams and timers, and writes the state file if there is one. */
  close(): Promise<void>;
}
