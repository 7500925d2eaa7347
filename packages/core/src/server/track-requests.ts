import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";

/** Counts the requests that a connected transport has yet to answer. */
export function trackRequests(transport: Transport): { settled(withinMs: number): Promise<void> } {
  const open = new Set<string | number>();
  let report = () => {};
  const { onmessage } = transport;
  transport.onmessage = (message, extra) => {
    if ("id" in message && "method" in message) open.add(message.id);
    onmessage?.(message, extra);
  };
  const send = transport.send.bind(transport);
  transport.send = async (message, options) => {
    await send(message, options);
    if (!("id" in message) || "method" in message || message.id === undefined) return;
    open.delete(message.id);
    if (open.size === 0) report();
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
