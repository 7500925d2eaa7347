import { setTimeout as sleep } from "node:timers/promises";
import { Code, ConnectError } from "@connectrpc/connect";
import type { StreamResponse, Transport } from "@connectrpc/connect";
import { createAsyncIterable } from "@connectrpc/connect/protocol";
import type { DescMessage, DescMethod } from "@bufbuild/protobuf";
import { startCountdown } from "./countdown.ts";
import { readAll } from "./read-all.ts";
import { retryPause } from "./retry-rules.ts";
import type { Contact } from "./with-deadline.ts";

const MOST_RETRIES = 3;
// A wrong address must be told of at once, not after a long back-off.
const MOST_AT_FIRST = 1;

interface Call {
  method: DescMethod;
  signal: AbortSignal | undefined;
  timeoutMs: number | undefined;
}

/** Sends a call again where that cannot do anything twice, within its deadline; streams only before their first message. */
export function withRetries(next: Transport, contact: Contact): Transport {
  return {
    unary(method, signal, timeoutMs, header, input, contextValues) {
      const send = (leftMs: number | undefined) =>
        next.unary(method, signal, leftMs, header, input, contextValues);
      return repeat(send, { method, signal, timeoutMs }, contact);
    },
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      if (method.methodKind !== "server_streaming") {
        return next.stream(method, signal, timeoutMs, header, input, contextValues);
      }
      const messages = await readAll(input);
      const send = async (leftMs: number | undefined) => {
        const again = createAsyncIterable(messages);
        return begin(await next.stream(method, signal, leftMs, header, again, contextValues));
      };
      return repeat(send, { method, signal, timeoutMs }, contact);
    },
  };
}

async function repeat<T>(
  send: (leftMs: number | undefined) => Promise<T>,
  { method, signal, timeoutMs }: Call,
  contact: Contact,
): Promise<T> {
  const left = startCountdown(timeoutMs);
  for (let failures = 0; ; failures++) {
    try {
      const answer = await send(left());
      contact.isReached = true;
      return answer;
    } catch (error) {
      const most = contact.isReached ? MOST_RETRIES : MOST_AT_FIRST;
      const pauseMs = failures < most ? retryPause(error, method, failures) : undefined;
      if (pauseMs === undefined || signal?.aborted || pauseMs >= (left() ?? Infinity)) throw error;
      await sleep(pauseMs, undefined, { signal }).catch(() => {
        throw new ConnectError("the call has ended", Code.Canceled);
      });
    }
  }
}

/** Waits for the first message: what fails before it can still be sent again. */
async function begin<I extends DescMessage, O extends DescMessage>(
  response: StreamResponse<I, O>,
): Promise<StreamResponse<I, O>> {
  const messages = response.message[Symbol.asyncIterator]();
  const first = await messages.next();
  return { ...response, message: resume(first, messages) };
}

async function* resume<T>(first: IteratorResult<T>, messages: AsyncIterator<T>): AsyncIterable<T> {
  try {
    for (let each = first; !each.done; each = await messages.next()) yield each.value;
  } finally {
    await messages.return?.();
  }
}
