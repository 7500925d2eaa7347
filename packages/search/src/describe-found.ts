import { excerptsOf } from "./engine/excerpts.ts";
import type { Excerpt } from "./engine/excerpts.ts";
import type { Match } from "./engine/hits.ts";
import type { Library } from "./engine/library.ts";
import type { Found } from "./engine/run-search.ts";
import { textOf } from "./engine/snapshot.ts";
import { lineQueryOf, linesOf } from "./engine/text-search.ts";
import type { SearchInput, SearchOutput } from "./search-input.ts";

/** What an answer's excerpts may take together, in characters; a file may take its share, and what earlier ones left. */
const BUDGET = 7_000;
const LEAST_SHARE = 350;
/** Of so few files that each is a book, several sections are shown. */
const FEW_FILES = 8;

type Result = SearchOutput["results"][number];

/** The best matches with as much of their lines as the answer has room for. */
export function describeFound(found: Found, library: Library, input: SearchInput): SearchOutput["results"] {
  const chosen = choose(found.matches, library, input.limit);
  let left = BUDGET;
  return chosen.map((match, nth) => {
    const share = Math.max(LEAST_SHARE, Math.floor(left / (chosen.length - nth)));
    const result = describeMatch(match, found, library, input, share);
    left -= result.excerpt.length;
    return result;
  });
}

/** How many files have a match. */
export function countFiles(matches: readonly Match[], { snapshot }: Library): number {
  return new Set(matches.map(({ id }) => snapshot.entries[id]?.path)).size;
}

/** The first matches, one of each file. */
function choose(matches: readonly Match[], { snapshot, files }: Library, limit: number): Match[] {
  const isBook = files.size <= FEW_FILES;
  const seen = new Set<string>();
  const chosen: Match[] = [];
  for (const match of matches) {
    const path = snapshot.entries[match.id]?.path ?? "";
    if (seen.has(path) && !isBook) continue;
    seen.add(path);
    chosen.push(match);
    if (chosen.length === limit) break;
  }
  return chosen;
}

function describeMatch(
  { id, places }: Match,
  found: Found,
  library: Library,
  { before_context_lines: before, after_context_lines: after }: SearchInput,
  share: number,
): Result {
  const entry = library.snapshot.entries[id] ?? { path: "", title: "", from: 0, to: 0, line: 1 };
  const lines = textOf(library.snapshot, entry).split("\n");
  const numbers =
    found.mode === "text"
      ? linesOf(id, lineQueryOf(found.words, library), library).lines
      : numbersOf(places, entry.from, library);
  // A match by the path or title alone still shows how the text begins.
  const shown = excerptsOf(lines, numbers.length > 0 ? numbers : [0], { before, after }, entry.line);
  return {
    path: entry.path,
    title: headingOf(entry.path, lines, numbers[0] ?? 0) ?? (entry.title || undefined),
    matching_lines: found.mode === "text" ? undefined : places.length,
    excerpt: print(shown, share),
  };
}

/** The heading of prose under which a line is. */
function headingOf(path: string, lines: readonly string[], line: number): string | undefined {
  if (!/\.(mdx?|rst|txt)$/i.test(path)) return undefined;
  const heading = lines.slice(0, line + 1).findLast((row) => /^#{1,4}\s+\S/.test(row));
  return heading?.replace(/^#+\s+/, "").slice(0, 120);
}

/** The numbers, from 0, of the lines that begin at some places, which ascend. */
function numbersOf(places: readonly number[], from: number, { snapshot }: Library): number[] {
  const numbers: number[] = [];
  let [at, line] = [from, 0];
  for (const place of places) {
    for (let next = snapshot.bytes.indexOf(10, at); next !== -1 && next < place; line++) {
      at = next + 1;
      next = snapshot.bytes.indexOf(10, at);
    }
    numbers.push(line);
  }
  return numbers;
}

/** Lines with their numbers, windows apart by `--`, as many whole lines as `most` characters hold. */
function print(excerpts: readonly Excerpt[], most: number): string {
  const printed: string[] = [];
  let size = 0;
  for (const { from, lines, matches } of excerpts) {
    const rows = lines.map((line, nth) => `${from + nth}${matches.includes(from + nth) ? ":" : "-"} ${line}`);
    for (const row of printed.length > 0 ? ["--", ...rows] : rows) {
      size += JSON.stringify(row).length;
      if (size > most && printed.length > 0) return [...printed, "…"].join("\n");
      printed.push(row);
    }
  }
  return printed.join("\n");
}
