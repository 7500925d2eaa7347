import { Code, ConnectError } from "@connectrpc/connect";

/** An answer `not_found`. */
export function notFound(message: string): ConnectError {
  return new ConnectError(message, Code.NotFound);
}

/** An answer `invalid_argument`. */
export function invalidArgument(message: string): ConnectError {
  return new ConnectError(message, Code.InvalidArgument);
}

/** An answer `internal`. */
export function internal(message: string): ConnectError {
  return new ConnectError(message, Code.Internal);
}

/** An answer `unimplemented`. */
export function unimplemented(message: string): ConnectError {
  return new ConnectError(message, Code.Unimplemented);
}

/** An answer `failed_precondition`. */
export function failedPrecondition(message: string): ConnectError {
  return new ConnectError(message, Code.FailedPrecondition);
}

/** An answer `already_exists`. */
export function alreadyExists(message: string): ConnectError {
  return new ConnectError(message, Code.AlreadyExists);
}

/** An answer `aborted`. */
export function aborted(message: string): ConnectError {
  return new ConnectError(message, Code.Aborted);
}

/** An error of one service as another one passes it on: `code: message`. */
export function wrapped(prefix: string, error: ConnectError, code: Code): ConnectError {
  return new ConnectError(`${prefix}: ${error.message.replace(/^\[(\w+)\] /, "$1: ")}`, code);
}
