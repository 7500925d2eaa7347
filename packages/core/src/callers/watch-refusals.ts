import type { DescMethod } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import { asksForLogin } from "../auth/credential.ts";
import type { Flyte } from "../client/flyte.ts";
import { CALLER } from "./check-credential.ts";

/** The same plane; `onRefused` is told when it does not take the caller's credential any more. */
export function watchRefusals(flyte: Flyte, onRefused: () => void): Flyte {
  const { transport } = flyte;
  const note = (method: DescMethod, error: unknown) => {
    // Flyte knows no identity of callers whom it serves all the same.
    if (method.parent.typeName !== IdentityService.typeName && asksForLogin(error, CALLER)) onRefused();
    return error;
  };
  const watched: Transport = {
    async unary(method, ...rest) {
      try {
        return await transport.unary(method, ...rest);
      } catch (error) {
        throw note(method, error);
      }
    },
    async stream(method, ...rest) {
      try {
        const response = await transport.stream(method, ...rest);
        return { ...response, message: follow(response.message, (error) => note(method, error)) };
      } catch (error) {
        throw note(method, error);
      }
    },
  };
  // Not spread: `secrets` of a caller's plane are read anew at each use.
  return Object.defineProperties({} as Flyte, {
    ...Object.getOwnPropertyDescriptors(flyte),
    transport: { value: watched, enumerable: true },
  });
}

async function* follow<T>(messages: AsyncIterable<T>, note: (error: unknown) => unknown): AsyncIterable<T> {
  try {
    yield* messages;
  } catch (error) {
    throw note(error);
  }
}
