import type { Library } from "./library.ts";
import { searchLiteral } from "./literal-search.ts";
import { matchesGlob } from "./matches-glob.ts";
import { orderHits } from "./hits.ts";
import type { Match } from "./hits.ts";
import { guessModes } from "./pick-mode.ts";
import type { Mode } from "./pick-mode.ts";
import { compileRegex, searchRegex } from "./regex-search.ts";
import type { QueryWord } from "./read-query.ts";
import { searchText } from "./text-search.ts";

export interface Query {
  pattern: string;
  mode: Mode | "auto";
  path?: string | undefined;
  signal: AbortSignal;
}

export interface Found {
  mode: Mode;
  /** Best first. */
  matches: readonly Match[];
  /** The words that a search for words understood. */
  words: readonly QueryWord[];
  stoppedEarly: boolean;
}

/** Searches in the mode asked for, or in those that fit the pattern until one finds something. */
export async function runSearch(query: Query, library: Library): Promise<Found> {
  const isOpen = filterOf(library, query.path);
  if (query.mode !== "auto") return searchIn(query.mode, query, library, isOpen);
  let found: Found | undefined;
  for (const mode of guessModes(query.pattern)) {
    // What only looks like a regular expression is a text.
    if (mode === "regex" && !(await isRegex(query.pattern))) continue;
    const next = await searchIn(mode, query, library, isOpen);
    if (next.matches.length > 0) return next;
    found ??= next;
  }
  return found ?? searchIn("text", query, library, isOpen);
}

function isRegex(pattern: string): Promise<boolean> {
  return compileRegex(pattern).then(
    () => true,
    () => false,
  );
}

function filterOf({ snapshot }: Library, path: string | undefined): (id: number) => boolean {
  if (path === undefined) return () => true;
  const open = snapshot.entries.map((entry) => matchesGlob(entry.path, path));
  return (id) => open[id] === true;
}

async function searchIn(
  mode: Mode,
  { pattern, signal }: Query,
  library: Library,
  isOpen: (id: number) => boolean,
): Promise<Found> {
  if (mode === "text") {
    const { ranked, words } = searchText(pattern, library, isOpen);
    return { mode, matches: ranked.map(({ id }) => ({ id, places: [] })), words, stoppedEarly: false };
  }
  const { hits, isIn, stoppedEarly } =
    mode === "literal"
      ? { ...searchLiteral(pattern, library, isOpen), stoppedEarly: false }
      : await searchRegex(pattern, library, isOpen, signal);
  return { mode, matches: orderHits(hits, pattern, isIn, library), words: [], stoppedEarly };
}
