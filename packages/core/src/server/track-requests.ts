import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";

/** Follows the requests that a connected transport has yet to answer; `onAnswered` is told the method of each that it has. */
export function trackRequests(
  transport: Transport,
  onAnswered: (method: string) => void = () => {},
): { settled(withinMs: number): Promise<void> } {
  const open = new Map<string | number, string>();
  let report = () => {};
  const { onmessage } = transport;
  transport.onmessage = (message, extra) => {
    if ("id" in message && "method" in message) open.set(message.id, message.method);
    onmessage?.(message, extra);
  };
  const send = transport.send.bind(transport);
  transport.send = async (message, options) => {
    await send(message, options);
    if (!("id" in message) || "method" in message || message.id === undefined) return;
    const method = open.get(message.id);
    open.delete(message.id);
    if (open.size === 0) report();
    if (method !== undefined) onAnswered(method);
  };
  return {
    settled: (withinMs) =>
      new Promise((resolve) => {
        if (open.size === 0) return resolve();
        report = resolve;
        setTimeout(resolve, withinMs).unref();
      }),
  };
}
