import { parse } from "yaml";

/**
 * In a file of its own, to be loaded only where there is a config file: bundlers hide the names of a CommonJS package
 * that is imported dynamically. It warns of nothing, since the library's warnings quote whole lines.
 */
export const parseYaml = (text: string): unknown => parse(text, { logLevel: "error" });

/** What is wrong and where, without what the library quotes of the file: that may be a secret. */
export function describeYamlError(error: unknown): string {
  const [line = ""] = error instanceof Error ? error.message.split("\n", 1) : [];
  const [place = ""] = / at line \d+, column \d+/.exec(line) ?? [];
  return `${line.replace(/(: |[\\|"'`]| at line ).*$/, "").replace(/[:\s]+$/, "")}${place}.`;
}
