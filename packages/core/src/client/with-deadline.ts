import { Code, ConnectError } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";

const FIRST_CONTACT_MS = 8_000;
const UNARY_MS = 30_000;

/** Whether a plane has answered since the start. */
export interface Contact {
  isReached: boolean;
}

/** Gives unary calls a deadline, short until the plane has answered once: a wrong port must not cost half a minute. */
export function withDeadline(next: Transport, contact: Contact = { isReached: false }): Transport {
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const deadline = timeoutMs ?? (contact.isReached ? UNARY_MS : FIRST_CONTACT_MS);
      try {
        const response = await next.unary(method, signal, deadline, header, input, contextValues);
        contact.isReached = true;
        return response;
      } catch (error) {
        contact.isReached ||= error instanceof ConnectError && error.code === Code.NotFound;
        throw error;
      }
    },
    async stream(...call) {
      const response = await next.stream(...call);
      contact.isReached = true;
      return response;
    },
  };
}
