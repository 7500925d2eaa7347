import type { StreamResponse, Transport } from "@connectrpc/connect";
import type { DescMessage } from "@bufbuild/protobuf";
import type { Credential, Signature } from "../auth/credential.ts";

type Header = Parameters<Transport["unary"]>[3];

/** Signs every call, and once more with a new credential when the plane refuses the first; never after a stream's first message. */
export function withCredential(next: Transport, credential: Credential): Transport {
  const attempt = async <T>(signal: AbortSignal | undefined, call: (signature: Signature) => Promise<T>) => {
    const signature = await credential.sign(signal);
    try {
      return await call(signature);
    } catch (error) {
      if (!credential.refuses(error, signature)) throw error;
      const renewed = await credential.renew(signature, signal);
      if (!renewed) throw error;
      return call(renewed);
    }
  };
  return {
    unary: (method, signal, timeoutMs, header, input, contextValues) =>
      attempt(signal, (signature) =>
        next.unary(method, signal, timeoutMs, sign(header, signature), input, contextValues),
      ),
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      if (method.methodKind !== "server_streaming") {
        const signature = await credential.sign(signal);
        return next.stream(method, signal, timeoutMs, sign(header, signature), input, contextValues);
      }
      const requests = await collect(input);
      return attempt(signal, async (signature) => {
        const messages = replay(requests);
        const signed = sign(header, signature);
        return begin(await next.stream(method, signal, timeoutMs, signed, messages, contextValues));
      });
    },
  };
}

function sign(header: Header, signature: Signature): Headers {
  const headers = new Headers(header);
  for (const [name, value] of Object.entries(signature.headers)) headers.set(name, value);
  return headers;
}

/** Waits for the first message, so that a refusal shows before anything has been passed on. */
async function begin<I extends DescMessage, O extends DescMessage>(
  response: StreamResponse<I, O>,
): Promise<StreamResponse<I, O>> {
  const iterator = response.message[Symbol.asyncIterator]();
  const first = await iterator.next();
  return { ...response, message: resume(first, iterator) };
}

async function* resume<T>(first: IteratorResult<T>, iterator: AsyncIterator<T>): AsyncIterable<T> {
  try {
    for (let result = first; !result.done; result = await iterator.next()) yield result.value;
  } finally {
    await iterator.return?.();
  }
}

async function collect<T>(input: AsyncIterable<T>): Promise<T[]> {
  const messages: T[] = [];
  for await (const message of input) messages.push(message);
  return messages;
}

async function* replay<T>(messages: readonly T[]): AsyncIterable<T> {
  yield* messages;
}
