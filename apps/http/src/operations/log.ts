import { redact } from "@flyte-mcp/core";
import { pino } from "pino";
import type { Logger } from "pino";
import { describeLine } from "./describe-line.ts";

export type Log = Logger;

export interface LogOptions {
  level: string;
  format: "text" | "json";
  /** Texts that no line may show, as they come to be known. */
  secrets: readonly string[];
  /** Takes whole lines (default: standard error). */
  write?: (line: string) => void;
}

/** A log of lines that hold no secret, whatever was handed to it. */
export function createLog({ level, format, secrets, write = writeToStderr }: LogOptions): Log {
  const options = {
    level,
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, {
    write(text: string) {
      const isJson = format === "json";
      const line = isJson ? text.trimEnd() : describeLine(JSON.parse(text) as Record<string, unknown>);
      write(`${redact(line, isJson ? secrets.map(inJson) : secrets)}\n`);
    },
  });
}

/** A secret as it stands inside a text of JSON. */
const inJson = (secret: string) => JSON.stringify(secret).slice(1, -1);

function writeToStderr(line: string): void {
  process.stderr.write(line);
}
