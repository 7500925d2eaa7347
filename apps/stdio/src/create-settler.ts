import { warmUp } from "@flyte-mcp/core/command";

// The client reads its list meanwhile.
const PAUSE_MS = 20;

/** Told of each method that was answered: when a client has its first list, does what its first call need not wait for then. */
export function createSettler(): (method: string) => void {
  let isSettled = false;
  return (method) => {
    if (isSettled || method !== "tools/list") return;
    isSettled = true;
    // What starts this program keeps the code compiled so far, and not that of what follows.
    process.emit("flyte-mcp:listed" as never);
    setTimeout(() => void warmUp(), PAUSE_MS).unref();
  };
}
