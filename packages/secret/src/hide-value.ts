import { ConnectError } from "@connectrpc/connect";

/** So long a part of a value would tell something of it. */
const PART = 8;

/** An error as it is, or without its words where they repeat a value or a part of it: some planes quote what they refuse. */
export function hideValue(error: unknown, value: string | Uint8Array): unknown {
  const { code, rawMessage } = ConnectError.from(error);
  const isTold = formsOf(value).some((form) => shares(rawMessage, form));
  return isTold
    ? new ConnectError("Flyte refused the secret; its reason is not shown, since it quotes the value", code)
    : error;
}

/** The ways in which a message may write a value. */
function formsOf(value: string | Uint8Array): string[] {
  const bytes = Buffer.from(value as string);
  const text = bytes.toString("utf8");
  const isText = typeof value === "string";
  const encoded = [bytes.toString("base64").replace(/=+$/, ""), bytes.toString("hex")];
  return isText ? [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), ...encoded] : encoded;
}

/** Whether a message holds eight characters in a row of a text, or all of a shorter one. */
function shares(message: string, text: string): boolean {
  const length = Math.min(PART, text.length);
  const parts = new Set(
    Array.from({ length: Math.max(0, message.length - length + 1) }, (_, at) =>
      message.slice(at, at + length),
    ),
  );
  for (let at = 0; at + length <= text.length; at++) if (parts.has(text.slice(at, at + length))) return true;
  return false;
}
