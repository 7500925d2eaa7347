import type { DescMethod, Message } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { codeName } from "../errors/explain.ts";
import { nameTargets } from "../guard/name-targets.ts";
import { rpcEffect } from "../guard/rpc-effect.ts";
import type { CallWatch } from "../watch.ts";
import { withHeaders } from "./with-headers.ts";

/** Tells of every RPC that leaves for Flyte, and sends the headers of the call along. */
export function withRpcWatch(next: Transport, { headers = {}, rpc: tell }: CallWatch): Transport {
  const entries = Object.entries(headers);
  const signed =
    entries.length === 0 ? next : withHeaders(next, (own) => entries.forEach((each) => own.set(...each)));
  return tell ? withTelling(signed, tell) : signed;
}

function withTelling(next: Transport, tell: NonNullable<CallWatch["rpc"]>): Transport {
  const begin = (method: DescMethod, request?: Message) => {
    const startedAt = Date.now();
    const effect = rpcEffect(method) ?? "write";
    return (error?: unknown, answer?: Message) => {
      const isNamed = effect !== "read";
      const asked = isNamed && request ? nameTargets(method.input, request) : [];
      const made = isNamed && answer ? nameTargets(method.output, answer) : [];
      const targets = [...new Set([...asked, ...made])];
      const { name } = method;
      const service = method.parent.typeName;
      tell({ service, method: name, effect, targets, startedAt, endedAt: Date.now(), code: codeOf(error) });
    };
  };
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      // The guard hands whole messages on.
      const end = begin(method, input as unknown as Message);
      try {
        const response = await next.unary(method, signal, timeoutMs, header, input, contextValues);
        end(undefined, response.message);
        return response;
      } catch (error) {
        end(error);
        throw error;
      }
    },
    async stream(method, ...rest) {
      const end = begin(method);
      try {
        const response = await next.stream(method, ...rest);
        return { ...response, message: endAfter(response.message, end) };
      } catch (error) {
        end(error);
        throw error;
      }
    },
  };
}

async function* endAfter<T>(messages: AsyncIterable<T>, end: (error?: unknown) => void): AsyncIterable<T> {
  let failure: unknown;
  try {
    yield* messages;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    end(failure);
  }
}

function codeOf(error: unknown): string {
  return error === undefined ? "ok" : codeName(ConnectError.from(error).code);
}
