import { Code, ConnectError } from "@connectrpc/connect";
import { explainNetwork } from "../errors/network.ts";
import type { ServiceState } from "./report.ts";
import { within } from "./within.ts";

export type Attempt<T> = { ok: true; value: T; ms: number } | { ok: false; error: unknown; ms: number };

/** What became of a call, and how long it took; it is given up after `longestMs`. */
export async function attempt<T>(
  longestMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<Attempt<T>> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    return { ok: true, value: await within(longestMs, call), ms: ms() };
  } catch (error) {
    return { ok: false, error, ms: ms() };
  }
}

const REFUSALS: readonly Code[] = [Code.Unauthenticated, Code.PermissionDenied];
// Of a service that has read the request and cannot serve this one.
const OWN_ANSWERS: readonly Code[] = [
  Code.NotFound,
  Code.InvalidArgument,
  Code.FailedPrecondition,
  Code.OutOfRange,
  Code.AlreadyExists,
];

/** What an attempt says of the service that it was made at. */
export function stateOf(made: Attempt<unknown>): ServiceState {
  if (made.ok) return "there";
  if (!(made.error instanceof ConnectError)) return "refused";
  const { code, rawMessage } = made.error;
  if (code === Code.Unimplemented) return "missing";
  if (code === Code.DeadlineExceeded) return "silent";
  if (REFUSALS.includes(code)) return "refused";
  return OWN_ANSWERS.includes(code) && !/^HTTP \d/.test(rawMessage) ? "there" : "failing";
}

/** Whether a Flyte has answered, be it with an error. */
export function isAnswered(made: Attempt<unknown>): boolean {
  return made.ok || (made.error instanceof ConnectError && explainNetwork(made.error, "") === undefined);
}
