import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "./operations/log.ts";

const DRAIN_MS = 25_000;
// For calls that were cut off to be recorded as such.
const CUT_MS = 500;
const SWEEP_MS = 100;

export interface DrainOptions {
  log: Log;
  /** Told at once; ends what would not end by itself. */
  onStop(): unknown;
  /** Told when all calls have ended. */
  close(): Promise<unknown>;
}

/** At a signal, lets calls in flight end, 25 seconds at most, then exits; a second signal exits at once. */
export function drain(servers: readonly Server[], { log, onStop, close }: DrainOptions): void {
  const stop = async () => {
    const began = performance.now();
    log.info("stopping when the calls under way have ended; once more stops at once");
    onStop();
    // Connections that fall idle later are closed too: clients keep them open for reuse.
    setInterval(() => servers.forEach((server) => server.closeIdleConnections()), SWEEP_MS).unref();
    const ended = Promise.all(servers.map(closed)).then(() => true);
    if (!(await Promise.race([ended, sleep(DRAIN_MS, false)]))) {
      log.warn("calls are cut off that did not end in time");
      servers.forEach((server) => server.closeAllConnections());
      await sleep(CUT_MS);
    }
    log.info({ ms: Math.round(performance.now() - began) }, "stopped");
    // Nothing that fails now can be mended by staying.
    await close().catch((error: unknown) => log.warn({ reason: String(error) }, "not all could be closed"));
    process.exit();
  };
  process.once("SIGINT", () => void stop());
  process.once("SIGTERM", () => void stop());
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
