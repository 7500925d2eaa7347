import type { Server } from "node:http";
import type { Log } from "./operations/log.ts";

const DRAIN_MS = 25_000;
// For calls that were cut off to be recorded as such.
const CUT_MS = 500;

export interface DrainOptions {
  log: Log;
  /** Told at once; ends what would not end by itself. */
  onStop(): unknown;
  /** Told when all calls have ended. */
  close(): Promise<unknown>;
}

/** At a signal, lets calls in flight end, 25 seconds at most, then exits; a second signal exits at once. */
export function drain(servers: readonly Server[], { log, onStop, close }: DrainOptions): void {
  const stop = () => {
    const began = performance.now();
    const exit = async (message: string) => {
      log.info({ ms: Math.round(performance.now() - began) }, message);
      // Nothing that fails now can be mended by staying.
      await close().catch((error: unknown) => log.warn({ reason: String(error) }, "not all could be closed"));
      process.exit();
    };
    log.info("stopping when the calls under way have ended; once more stops at once");
    onStop();
    void Promise.all(servers.map(closed)).then(() => exit("stopped"));
    // Connections that fall idle later are closed too: clients keep them open for reuse.
    setInterval(() => servers.forEach((server) => server.closeIdleConnections()), 100).unref();
    setTimeout(() => {
      log.warn("calls are cut off that did not end in time");
      servers.forEach((server) => server.closeAllConnections());
      setTimeout(() => void exit("stopped"), CUT_MS).unref();
    }, DRAIN_MS).unref();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
