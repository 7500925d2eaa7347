import type { DescMessage, DescMethod, Message } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";

export interface FailedRequest {
  schema: DescMessage;
  message: Message;
  method: DescMethod;
}

const requests = new WeakMap<ConnectError, FailedRequest>();

/** Remembers which request an error answered, so that an explanation can name the service, and names near the one not found. */
export function recordRequest(error: unknown, method: DescMethod, message: Message): unknown {
  if (error instanceof ConnectError) requests.set(error, { schema: method.input, message, method });
  return error;
}

export function failedRequest(error: ConnectError): FailedRequest | undefined {
  return requests.get(error);
}
