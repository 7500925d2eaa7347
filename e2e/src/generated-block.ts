import { readFileSync, writeFileSync } from "node:fs";

const marks = (name: string) => [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`] as const;

/** Expects a marked block of a Markdown file to hold `text`; with UPDATE_DOCS set, writes it there first. */
export function expectBlock(file: URL, name: string, text: string): void {
  if (process.env["UPDATE_DOCS"]) writeFileSync(file, replaceBlock(readFileSync(file, "utf8"), name, text));
  expect(readBlock(readFileSync(file, "utf8"), name)).toBe(text.trim());
}

function readBlock(document: string, name: string): string {
  const [begin, end] = marks(name);
  return document.slice(indexOf(document, begin) + begin.length, indexOf(document, end)).trim();
}

function replaceBlock(document: string, name: string, text: string): string {
  const [begin, end] = marks(name);
  const head = document.slice(0, indexOf(document, begin) + begin.length);
  return `${head}\n\n${text.trim()}\n\n${document.slice(indexOf(document, end))}`;
}

function indexOf(document: string, mark: string): number {
  const index = document.indexOf(mark);
  if (index < 0) throw new Error(`there is no "${mark}"`);
  return index;
}
