import { createContext, Script } from "node:vm";
import type { Context } from "node:vm";

const LONGEST_MS = 100;

interface Sandbox extends Context {
  pattern: string;
  flags: string;
  text: string;
}

let room: { script: Script; sandbox: Sandbox } | undefined;

/**
 * Whether a text matches an author's expression. Python's are nearly those of JavaScript: undefined for one that is
 * none, or not the same, there, and for one that would not end: an author's slip must not stop the server.
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  const strict = run(pattern, "u", text);
  // Without the flag an escape is allowed where none is needed, but these would be plain letters.
  return strict === "invalid" && !/\\[AZz]/.test(pattern) ? known(run(pattern, "", text)) : known(strict);
}

type Outcome = boolean | "invalid" | "endless";

function known(outcome: Outcome): boolean | undefined {
  return typeof outcome === "boolean" ? outcome : undefined;
}

/** Runs it where Node can stop it: nothing else ends an expression that backtracks for ever. */
function run(pattern: string, flags: string, text: string): Outcome {
  room ??= {
    script: new Script("new RegExp(pattern, flags).test(text)"),
    sandbox: createContext(Object.create(null)) as Sandbox,
  };
  Object.assign(room.sandbox, { pattern, flags, text });
  try {
    return room.script.runInContext(room.sandbox, { timeout: LONGEST_MS }) === true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? "endless" : "invalid";
  }
}
