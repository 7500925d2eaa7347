import { createToolError, defineTool, didYouMean } from "@flyte-mcp/core";
import { z } from "zod";
import type { Entry } from "./engine/snapshot.ts";
import type { Library } from "./engine/library.ts";
import { CORPORA } from "./search-options.ts";
import type { Shelf } from "./shelf.ts";

/** Of one answer, in characters; most examples fit whole. */
const MOST_CHARACTERS = 8_000;
const LONGEST_LINE = 1_000;

/** Reads from the texts in memory: there is no way from a path to the disk. */
export function readExample(shelf: Shelf) {
  return defineTool({
    name: "read_example",
    title: "Read an example",
    description: "Read a file, or lines of it, by a path that a search gave.",
    effect: "read",
    input: z.object({
      path: z.string().min(1).max(500).describe("As a search shows it."),
      corpus: z.enum(CORPORA).default("sdk_examples").describe("What was searched."),
      from_line: z.int().min(1).default(1).describe("First line."),
      lines: z.int().min(1).max(1_000).default(400).describe("Most lines, 1 to 1000."),
    }),
    output: z.object({
      path: z.string(),
      text: z.string(),
      from_line: z.int(),
      to_line: z.int(),
      total_lines: z.int(),
      next_line: z.int().optional().describe("Where to go on reading."),
    }),

    run: ({ path, corpus, from_line: from, lines }, context) =>
      shelf.read(corpus, context, async ({ library }) => {
        const found = findFile(path, library);
        const { bytes } = library.snapshot;
        const text = bytes.toString("utf8", found[0]?.from, found.at(-1)?.to).replace(/\n$/, "");
        const all = text.split("\n");
        if (from > all.length) throw refuse(`The file has ${all.length} lines; from_line is ${from}.`);
        const shown = cutToFit(all.slice(from - 1, from - 1 + lines));
        const to = from - 1 + shown.length;
        return {
          path: found[0]?.path ?? path,
          text: shown.join("\n"),
          from_line: from,
          to_line: to,
          total_lines: all.length,
          next_line: to < all.length ? to + 1 : undefined,
        };
      }),
  });
}

function findFile(path: string, { files }: Library): readonly Entry[] {
  const wanted = path.replace(/^(\.?\/)+/, "");
  const found = files.get(wanted);
  if (found) return found;
  if (wanted.split(/[\\/]/).includes("..")) throw refuse("A path must stay inside the examples.");
  const ends = [...files.keys()].filter((file) => file.endsWith(`/${wanted}`));
  const only = ends.length === 1 ? files.get(ends[0] ?? "") : undefined;
  if (only) return only;
  const name = wanted.slice(wanted.lastIndexOf("/") + 1);
  const alike = [...files.keys()].filter((file) => file.endsWith(`/${name}`)).slice(0, 3);
  const hint =
    alike.length > 0
      ? ` Did you mean ${alike.map((file) => `"${file}"`).join(" or ")}?`
      : didYouMean(wanted, files.keys());
  throw createToolError({
    code: "not_found",
    message: `There is no "${wanted}" in what can be read.${hint}`,
    hint: "Search for it: lock files, data, links and binary files are left out.",
  });
}

function cutToFit(lines: readonly string[]): string[] {
  const shown: string[] = [];
  let size = 0;
  for (const line of lines) {
    const row = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
    size += JSON.stringify(row).length;
    if (size > MOST_CHARACTERS && shown.length > 0) break;
    shown.push(row);
  }
  return shown;
}

function refuse(message: string) {
  return createToolError({ code: "invalid_argument", message, hint: "Give a path that a search showed." });
}
