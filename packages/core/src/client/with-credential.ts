import type { StreamResponse, Transport } from "@connectrpc/connect";
import type { DescMessage } from "@bufbuild/protobuf";
import type { Credential, Signature } from "../auth/credential.ts";

type Header = Parameters<Transport["unary"]>[3];

/** Signs every call, and once more with a new credential when the plane refuses the first; never after a stream's first message. */
export function withCredential(next: Transport, credential: Credential): Transport {
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const call = (signature: Signature) =>
        next.unary(method, signal, timeoutMs, sign(header, signature), input, contextValues);
      const { first, again } = await begin(credential, signal, call);
      return first().catch(again);
    },
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      // Other streams may wait for answers between their requests, so these cannot be kept for a second time.
      const isRepeatable = method.methodKind === "server_streaming";
      const requests = isRepeatable ? await collect(input) : [];
      const call = (signature: Signature) => {
        const messages = isRepeatable ? replay(requests) : input;
        return next.stream(method, signal, timeoutMs, sign(header, signature), messages, contextValues);
      };
      const { first, again } = await begin(credential, signal, call);
      if (!isRepeatable) return first();
      const response = await first().catch(again);
      return { ...response, message: follow(response, again) };
    },
  };
}

/** A signed call, and the same once more for an error that a new credential may cure; other errors come back. */
async function begin<T>(
  credential: Credential,
  signal: AbortSignal | undefined,
  call: (signature: Signature) => Promise<T>,
) {
  const signature = await credential.sign(signal);
  let isAgain = false;
  return {
    first: () => call(signature),
    async again(error: unknown): Promise<T> {
      if (isAgain || !credential.refuses(error, signature)) throw error;
      isAgain = true;
      const renewed = await credential.renew(signature, signal);
      if (!renewed) throw error;
      return call(renewed);
    },
  };
}

/** A stream's errors reach its reader with its messages, as they do without a credential. */
async function* follow<I extends DescMessage, O extends DescMessage>(
  response: StreamResponse<I, O>,
  again: (error: unknown) => Promise<StreamResponse<I, O>>,
): StreamResponse<I, O>["message"] {
  let isBegun = false;
  try {
    for await (const message of response.message) {
      isBegun = true;
      yield message;
    }
  } catch (error) {
    if (isBegun) throw error;
    yield* (await again(error)).message;
  }
}

function sign(header: Header, signature: Signature): Headers {
  const headers = new Headers(header);
  for (const [name, value] of Object.entries(signature.headers)) headers.set(name, value);
  return headers;
}

async function collect<T>(input: AsyncIterable<T>): Promise<T[]> {
  const messages: T[] = [];
  for await (const message of input) messages.push(message);
  return messages;
}

async function* replay<T>(messages: readonly T[]): AsyncIterable<T> {
  yield* messages;
}
