import { createToolError, didYouMean } from "@flyte-mcp/core";
import type { Archive, ArchivedFile } from "./read-tar.ts";

const MOST_FILES = 150;
const MOST_JSON = 8_000;
const MOST_TEXT_BYTES = 2 * 2 ** 20;

/** The files of an archive, or those below a folder of it. */
export function listFiles({ files, skipped }: Archive, folder = "") {
  const below = files.filter(({ path }) => folder === "" || path.startsWith(`${folder}/`));
  const rows = below
    .map(({ path, content }) => ({ path, size_bytes: content.length }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const shown = rows.slice(0, Math.min(MOST_FILES, countFitting(rows.map((row) => JSON.stringify(row)))));
  return {
    files: shown,
    more_files: rows.length - shown.length || undefined,
    skipped: folder === "" ? skipped || undefined : undefined,
  };
}

/** One text file from a line on, as far as an answer goes; throws a tool error for a file that is missing or no text. */
export function readTextFile({ files }: Archive, path: string, fromLine: number) {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) throw missing(path, files);
  const lines = decode(file).replace(/\n$/, "").split("\n");
  if (fromLine > lines.length) {
    const message = `${path} has ${lines.length} lines; from_line ${fromLine} is beyond its end.`;
    throw createToolError({ code: "out_of_range", message });
  }
  const rest = lines.slice(fromLine - 1);
  const whole = countFitting(rest.map((line) => JSON.stringify(line)));
  // A line that is longer than an answer would never be passed by.
  const shown = whole === 0 ? [`${(rest[0] ?? "").slice(0, MOST_JSON / 6)}… [cut]`] : rest.slice(0, whole);
  const next = fromLine + shown.length;
  return {
    path,
    size_bytes: file.content.length,
    total_lines: lines.length,
    content: shown.join("\n"),
    next_line: next > lines.length ? undefined : next,
  };
}

/** A path as the list has it. */
export function normalizePath(path: string): string {
  return path.replace(/^(\.?\/)+/, "").replace(/\/$/, "");
}

function decode({ path, content }: ArchivedFile): string {
  if (content.length > MOST_TEXT_BYTES) {
    const message = `${path} is too large to be read here (${content.length} bytes).`;
    throw createToolError({ code: "resource_exhausted", message });
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
    if (!text.includes("\0")) return text;
  } catch {
    // Bytes that are no UTF-8 are told of below, as a NUL is.
  }
  throw createToolError({
    code: "failed_precondition",
    message: `${path} is no text (${content.length} bytes).`,
  });
}

function missing(path: string, files: readonly ArchivedFile[]): Error {
  const paths = files.map((file) => file.path);
  const alike = paths.filter((known) => known.endsWith(`/${path}`)).slice(0, 3);
  const near = alike.length === 0 ? didYouMean(path, paths) : ` Did you mean ${alike.join(" or ")}?`;
  const message = `The code has no file "${path.slice(0, 200)}".${near}`;
  return createToolError({ code: "not_found", message, hint: "Leave path out to list the files." });
}

/** How many of the first texts an answer has room for. */
function countFitting(texts: readonly string[]): number {
  let used = 0;
  const misfit = texts.findIndex((text) => (used += text.length + 1) > MOST_JSON);
  return misfit === -1 ? texts.length : misfit;
}
