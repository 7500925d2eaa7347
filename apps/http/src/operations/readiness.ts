import type { Flyte } from "@flyte-mcp/core";
import { checkCredential } from "@flyte-mcp/core/callers";
import { remember } from "../remember.ts";

/** Whether callers should be sent here, and why not. */
export interface Readiness {
  isReady: boolean;
  reason?: string;
}

const KEEP_MS = 5_000;
// Who asks, a kubelet or a balancer, waits no longer.
const PATIENCE_MS = 3_000;

const NOT_REACHED: Readiness = { isReady: false, reason: "Flyte cannot be reached." };

/** Asks Flyte, at most every five seconds, whether it is there; whom it would serve is another matter. */
export function createReadiness(flyte: Flyte): () => Promise<Readiness> {
  const { problem } = flyte;
  if (problem) return () => Promise.resolve({ isReady: false, reason: problem.explanation.message });
  const ask = async (): Promise<Readiness> => {
    const verdict = await checkCredential({ ...flyte, transport: flyte.unsigned });
    return verdict === "unreachable" ? NOT_REACHED : { isReady: true };
  };
  return remember(ask, { keepMs: KEEP_MS, patienceMs: PATIENCE_MS, otherwise: () => NOT_REACHED });
}
