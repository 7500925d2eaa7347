import { createLineQuery, matchingLines } from "./matching-lines.ts";
import { rank } from "./rank.ts";
import type { Ranked } from "./rank.ts";
import { readQuery } from "./read-query.ts";
import type { QueryWord } from "./read-query.ts";
import type { LineQuery } from "./matching-lines.ts";
import type { Library } from "./library.ts";
import { textOf } from "./snapshot.ts";

export interface TextMatches {
  /** The entries that have all or most words, best first. */
  ranked: readonly Ranked[];
  words: readonly QueryWord[];
}

/** How many of the best are looked into for whether the words are near each other. */
const LOOKED_INTO = 10;
const NEARNESS_WEIGHT = 0.35;
/** Of what the most complete entry has, in weight: two common words may be missing where a rare one is not. */
const MOST_SHARE = 0.55;

/** Ranks what has all or most words of a query; where nothing has, what has the most of them. */
export function searchText(pattern: string, library: Library, isOpen: (id: number) => boolean): TextMatches {
  const { snapshot, index, vocabulary } = library;
  const words = readQuery(pattern, index, vocabulary);
  const all = rank(words, index, snapshot.entries).filter(({ id }) => isOpen(id));
  const most = Math.max(0, ...all.map(({ share }) => share));
  const enough = all.filter(({ share }) => share >= MOST_SHARE * most);
  return { ranked: sortByNearness(enough, words, library), words };
}

function sortByNearness(ranked: readonly Ranked[], words: readonly QueryWord[], library: Library): Ranked[] {
  if (words.length < 2) return [...ranked];
  const query = lineQueryOf(words, library);
  const looked = ranked.slice(0, LOOKED_INTO).map((entry) => {
    const { nearness } = linesOf(entry.id, query, library);
    return { ...entry, score: entry.score * (1 + NEARNESS_WEIGHT * nearness) };
  });
  return [...looked.sort((a, b) => b.score - a.score || a.id - b.id), ...ranked.slice(LOOKED_INTO)];
}

export function lineQueryOf(words: readonly QueryWord[], { index, vocabulary }: Library): LineQuery {
  return createLineQuery(words, index.terms, vocabulary);
}

/** The lines of an entry that answer the words best. */
export function linesOf(id: number, query: LineQuery, { snapshot }: Library) {
  const entry = snapshot.entries[id];
  if (entry === undefined) return { lines: [], nearness: 0 };
  return matchingLines(textOf(snapshot, entry).split("\n"), query);
}
