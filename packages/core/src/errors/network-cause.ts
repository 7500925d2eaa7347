/** What Node says of a connection that failed. */
export interface NetworkCause {
  code: string;
  syscall: string | undefined;
  message: string;
}

/** The socket's own error below an RPC's, or undefined where the other side answered. */
export function networkCause(error: { cause?: unknown }): NetworkCause | undefined {
  let cause: unknown = error.cause;
  // Node wraps the socket's error, and one for each address it tried, in an outer one.
  for (let depth = 0; depth < 4 && typeof cause === "object" && cause !== null; depth++) {
    if ("code" in cause && typeof cause.code === "string") return readCause(cause, cause.code);
    cause =
      "errors" in cause && Array.isArray(cause.errors)
        ? cause.errors[0]
        : "cause" in cause
          ? cause.cause
          : undefined;
  }
  return undefined;
}

function readCause(cause: object, code: string): NetworkCause {
  const first = "errors" in cause && Array.isArray(cause.errors) ? (cause.errors[0] as unknown) : undefined;
  const syscall = textAt(cause, "syscall") ?? textAt(first, "syscall");
  return { code, syscall, message: textAt(cause, "message") ?? "" };
}

function textAt(value: unknown, key: string): string | undefined {
  const text =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof text === "string" ? text : undefined;
}

/** Whether nothing of a call can have reached the other side. */
export function isNeverConnected(error: { cause?: unknown }): boolean {
  const { syscall } = networkCause(error) ?? {};
  return syscall === "connect" || syscall === "getaddrinfo";
}

/** Whether an HTTP/2 connection ended below a call, which the library then takes for a cancellation. */
export function isStreamCut({ rawMessage }: { rawMessage: string }): boolean {
  return rawMessage.startsWith("http/2 stream closed with error code CANCEL");
}
