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
      const record = redactAll(JSON.parse(text), secrets) as Record<string, unknown>;
      write(`${format === "json" ? JSON.stringify(record) : describeLine(record)}\n`);
    },
  });
}

function writeToStderr(line: string): void {
  process.stderr.write(line);
}

function redactAll(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redact(value, secrets);
  if (Array.isArray(value)) return value.map((item) => redactAll(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactAll(item, secrets)]));
}
