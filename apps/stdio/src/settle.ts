import { warmUp } from "@flyte-mcp/core/command";

// The client reads its list meanwhile.
const PAUSE_MS = 20;

/** What is done when a client has its list and before it calls something, so that its first call need not wait for it. */
export function settle(): void {
  // What starts this program keeps the code compiled so far, and not that of what follows.
  process.emit("flyte-mcp:listed" as never);
  setTimeout(() => void warmUp(), PAUSE_MS).unref();
}
