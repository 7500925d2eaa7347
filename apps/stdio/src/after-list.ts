import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";

/** Calls back once, when a connected transport has sent its first list of tools. */
export function afterList(transport: Transport, callback: () => void): void {
  const { onmessage } = transport;
  const send = transport.send.bind(transport);
  let asked: unknown;
  transport.onmessage = (message, extra) => {
    if ("method" in message && message.method === "tools/list" && "id" in message) asked ??= message.id;
    onmessage?.(message, extra);
  };
  transport.send = async (message, options) => {
    await send(message, options);
    if (asked === undefined || !("id" in message) || message.id !== asked) return;
    transport.send = send;
    callback();
  };
}
