import type { ToolContext } from "@flyte-mcp/core";
import { readLogTail } from "@flyte-mcp/observe";
import type { LogStop } from "@flyte-mcp/observe";

const TAIL = 300;
const BEFORE = 14;
const AFTER = 6;
const LONGEST_LINE = 240;
const LONGEST_MS = 3_000;
const CLUE_CHARACTERS = 80;

/** The lines round a failure, or why there are none. */
export interface FailureLog {
  lines: string[];
  note?: string;
}

type Source = Pick<Parameters<typeof readLogTail>[1], "actionId" | "attempt">;

/** Reads the log lines round an error's message, the last lines where it is not printed. */
export async function readFailureLog(
  flyte: ToolContext["flyte"],
  source: Source,
  message: string,
  signal: AbortSignal,
): Promise<FailureLog> {
  const query = { ...source, most: TAIL, totalMs: LONGEST_MS, idleMs: 800, signal };
  const tail = await readLogTail(flyte, query).catch(() => undefined);
  if (!tail) return { lines: [], note: "The log could not be read." };
  const texts = tail.lines.map(({ text }) => text.slice(0, LONGEST_LINE));
  if (texts.length === 0) return { lines: [], note: NOTES[tail.stopped] ?? "It printed nothing." };
  return { lines: windowOf(texts, message) };
}

const NOTES: Partial<Record<LogStop, string>> = {
  gone: "Its pod is gone and the log with it.",
  no_service: "This control plane serves no logs.",
};

function windowOf(texts: readonly string[], message: string): string[] {
  const clue = message.split("\n", 1)[0]?.slice(0, CLUE_CHARACTERS) ?? "";
  const index = clue === "" ? -1 : texts.findLastIndex((text) => text.includes(clue));
  if (index === -1) return texts.slice(-(BEFORE + AFTER));
  return texts.slice(Math.max(0, index - BEFORE), index + AFTER + 1);
}
