import type { Transport } from "@connectrpc/connect";

/** The headers of a call as a transport takes them. */
export type CallHeader = Parameters<Transport["unary"]>[3];

/** Which call an error ended. */
export interface CallTrace {
  /** The address that was called: the plane's, or that of one of its clusters. */
  endpoint: string;
  requestId: string | undefined;
}

const traces = new WeakMap<object, CallTrace>();

export function callTrace(error: unknown): CallTrace | undefined {
  return typeof error === "object" && error !== null ? traces.get(error) : undefined;
}

/** Notes for each error where it came from and under which request id. */
export function withTrace(next: Transport, endpoint: string): Transport {
  const note = (error: unknown, header: CallHeader) => {
    const requestId = new Headers(header).get("x-request-id") ?? undefined;
    if (typeof error === "object" && error !== null) traces.set(error, { endpoint, requestId });
    return error;
  };
  return {
    unary: (...call) =>
      next.unary(...call).catch((error: unknown) => {
        throw note(error, call[3]);
      }),
    async stream(...call) {
      const failed = (error: unknown) => {
        throw note(error, call[3]);
      };
      const response = await next.stream(...call).catch(failed);
      return { ...response, message: catchIn(response.message, failed) };
    },
  };
}

async function* catchIn<T>(messages: AsyncIterable<T>, failed: (error: unknown) => never): AsyncIterable<T> {
  try {
    yield* messages;
  } catch (error) {
    failed(error);
  }
}
