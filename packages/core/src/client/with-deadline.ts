import { Code, ConnectError } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";

const FIRST_CONTACT_MS = 8_000;
const UNARY_MS = 30_000;

/** Gives unary calls a deadline, short until the plane has answered once: a wrong port must not cost half a minute. */
export function withDeadline(next: Transport): Transport {
  let isReached = false;
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const deadline = timeoutMs ?? (isReached ? UNARY_MS : FIRST_CONTACT_MS);
      try {
        const response = await next.unary(method, signal, deadline, header, input, contextValues);
        isReached = true;
        return response;
      } catch (error) {
        isReached ||= error instanceof ConnectError && error.code === Code.NotFound;
        throw error;
      }
    },
    stream: (...call) => next.stream(...call),
  };
}
