import { SimpleType } from "@flyte-mcp/idl/core/types";
import { integer, plainText, readInteger, readNumber, readString, string } from "../literals.ts";
import type { Script } from "../script.ts";
import { createSystemError } from "../task-error.ts";

// All lines are kept, and the plane lives in the server that a client waits for.
const MOST_LINES = 100_000n;
const LINES_AT_ONCE = 1_000n;

/** `seed.slow`: lasts that many seconds and returns nothing. */
export const slow: Script = async ({ args, wait }) => {
  await wait(Number(readInteger(args, "seconds")) * 1000);
  return undefined;
};

/** `seed.chatty`: prints numbered lines, every fiftieth in colour, and returns their number. */
export const chatty: Script = async ({ args, log, wait }) => {
  const lines = readInteger(args, "lines");
  const seconds = readNumber(args, "seconds");
  if (lines > MOST_LINES) throw createSystemError(`the sandbox prints at most ${MOST_LINES} lines`);
  for (let line = 0n; line < lines; line++) {
    log(line % 50n === 0n ? `\u001b[32mline\u001b[0m ${line}` : `line ${line}`);
    const isPause = line % LINES_AT_ONCE === LINES_AT_ONCE - 1n;
    if (seconds > 0 || isPause) await wait((seconds * 1000) / Number(lines));
  }
  return integer(lines);
};

/** `seed.gate`: returns what a person answers. */
export const gate: Script = ({ args, awaitSignal }) =>
  awaitSignal("c0", {
    name: "approve",
    prompt: readString(args, "question"),
    description: "Blocks the release.",
  });

const QUESTIONS = [
  { name: "approve", type: SimpleType.BOOLEAN, prompt: "Ship it?", description: "Yes or no." },
  { name: "count", type: SimpleType.INTEGER, prompt: "How many?", description: "A whole number." },
  { name: "rate", type: SimpleType.FLOAT, prompt: "How fast?", description: "A number." },
  { name: "label", type: SimpleType.STRING, prompt: "Under which label?", description: "A text." },
];

/** `sandbox.ask`: one question of each type at once; returns the answers, joined. */
export const ask: Script = async ({ awaitSignal }) => {
  const asked = QUESTIONS.map((question, index) => awaitSignal(`c${index}`, question));
  return string((await Promise.all(asked)).map(plainText).join(", "));
};
