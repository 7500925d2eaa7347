import { TomlError, parse, stringify } from "smol-toml";
import type { Entry } from "../launch.ts";
import type { Editor } from "./editor.ts";
import { objectAt } from "./editor.ts";

/** TOML whose tables stand under headers of their own; no library writes it without losing comments. */
export const tomlEditor: Editor = {
  read(text) {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const [what = ""] = error.message.split("\n", 1);
      throw new Error(
        `${what.replace("Invalid TOML document: ", "")} at line ${error.line}, column ${error.column}`,
        {
          cause: error,
        },
      );
    }
  },
  write(text, path, entry) {
    const lines = text.split("\n");
    const section = findSection(lines, path);
    const isThere = objectAt(tomlEditor.read(text), path) !== undefined;
    if (isThere && !section) throw new Error(`"${path.join(".")}" is not under a header of its own`);
    if (entry === undefined) return section ? cut(lines, section, path) : text;
    if (section) return rewrite(lines, section, entry);
    const begun = text.trim() === "" ? "" : `${text.replace(/\n*$/, "\n")}\n`;
    return `${begun}[${header(path)}]\n${stringify(entry).trimEnd()}\n`;
  },
};

interface Section {
  /** The line of the header, and the first line that is no longer its own. */
  from: number;
  to: number;
}

const isHeader = (line: string) => /^\s*\[/.test(line);
const header = (path: readonly string[]) =>
  path.map((key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))).join(".");

function findSection(lines: readonly string[], path: readonly string[]): Section | undefined {
  const from = lines.findIndex((line) => isHeader(line) && isSame(line, path));
  if (from < 0) return undefined;
  const next = nextStatement(lines, from);
  return { from, to: next };
}

/** Whether a header line opens the table at a path. */
function isSame(line: string, path: readonly string[]): boolean {
  try {
    return (
      JSON.stringify(parse(line)) === JSON.stringify(parse(`[${header(path)}]`)) && !/^\s*\[\[/.test(line)
    );
  } catch {
    return false;
  }
}

/** The line after a table's last statement: a line that looks like a header may be inside an array. */
function nextStatement(lines: readonly string[], from: number): number {
  let to = from + 1;
  while (to < lines.length && !(isHeader(lines[to] ?? "") && isWhole(lines.slice(from, to)))) to += 1;
  return to;
}

function isWhole(lines: readonly string[]): boolean {
  try {
    parse(lines.join("\n"));
    return true;
  } catch {
    return false;
  }
}

/** Takes a table out, and the tables below it. */
function cut(lines: string[], section: Section, path: readonly string[]): string {
  const rest = [...lines.slice(0, section.from), ...lines.slice(section.to)];
  const below = rest.findIndex((line) => isHeader(line) && isBelow(line, path));
  const text = rest.join("\n");
  if (below < 0) return text.replace(/\n{2,}$/, "\n");
  return cut(rest, { from: below, to: nextStatement(rest, below) }, path);
}

function isBelow(line: string, path: readonly string[]): boolean {
  try {
    return objectAt(parse(line.replace(/^\s*\[\[(.*)\]\]/, "[$1]")), path) !== undefined;
  } catch {
    return false;
  }
}

/** Sets keys of a table that is there; its other keys and its comments stay. */
function rewrite(lines: readonly string[], { from, to }: Section, entry: Entry): string {
  let own = lines.slice(from + 1, to);
  for (const [key, value] of Object.entries(entry)) own = setKey(own, key, value);
  return [...lines.slice(0, from + 1), ...own, ...lines.slice(to)].join("\n");
}

function setKey(own: readonly string[], key: string, value: unknown): string[] {
  const statement = stringify({ [key]: value }).trimEnd();
  const at = own.findIndex((line) => new RegExp(`^\\s*"?${key}"?\\s*=`).test(line));
  if (at < 0) return [statement, ...own];
  let end = at + 1;
  while (end < own.length && !isWhole(own.slice(at, end))) end += 1;
  return [...own.slice(0, at), statement, ...own.slice(end)];
}
