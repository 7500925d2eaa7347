import type { Flyte } from "@flyte-mcp/core";
import { checkCredential } from "@flyte-mcp/core/callers";

/** Whether callers should be sent here, and why not. */
export interface Readiness {
  isReady: boolean;
  reason?: string;
}

const KEEP_MS = 5_000;
// Who asks, a kubelet or a balancer, waits no longer.
const PATIENCE_MS = 3_000;

/** Asks Flyte, at most every five seconds, whether it is there; whom it would serve is another matter. */
export function createReadiness(flyte: Flyte): () => Promise<Readiness> {
  let known: { value: Readiness; until: number } | undefined;
  let asking: Promise<Readiness> | undefined;
  const ask = async () => {
    const verdict = await checkCredential({ ...flyte, transport: flyte.unsigned });
    const value = verdict === "unreachable" ? NOT_REACHED : { isReady: true };
    known = { value, until: performance.now() + KEEP_MS };
    asking = undefined;
    return value;
  };
  return async () => {
    if (flyte.problem) return { isReady: false, reason: flyte.problem.explanation.message };
    if (known && known.until > performance.now()) return known.value;
    asking ??= ask();
    return Promise.race([asking, giveUp()]);
  };
}

const NOT_REACHED: Readiness = { isReady: false, reason: "Flyte cannot be reached." };

function giveUp(): Promise<Readiness> {
  return new Promise((resolve) => setTimeout(() => resolve(NOT_REACHED), PATIENCE_MS).unref());
}
