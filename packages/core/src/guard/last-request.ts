import type { DescMessage, Message } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";

export interface FailedRequest {
  schema: DescMessage;
  message: Message;
}

const requests = new WeakMap<ConnectError, FailedRequest>();

/** Remembers which request an error answered, so that an explanation can offer names near the one not found. */
export function recordRequest(error: unknown, schema: DescMessage, message: Message): unknown {
  if (error instanceof ConnectError) requests.set(error, { schema, message });
  return error;
}

export function failedRequest(error: ConnectError): FailedRequest | undefined {
  return requests.get(error);
}
