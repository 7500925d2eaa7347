import { splitWords } from "./split-words.ts";
import { readQuery } from "./read-query.ts";
import { rank } from "./rank.ts";
import type { Library } from "./library.ts";

/** The lines of an entry that match, by the places in the bytes where they begin. */
export type Hits = ReadonlyMap<number, readonly number[]>;

/** An entry that matches, best first in a list of them. */
export interface Match {
  id: number;
  /** Where the matching lines begin; none where the match is of words and its lines have yet to be found. */
  places: readonly number[];
}

const SATURATION = 2;
const WORDS_WEIGHT = 0.35;
const PATH_WEIGHT = 0.5;
const TITLE_WEIGHT = 0.5;
/** Of a pattern all of whose words are in the path; `ReusePolicy` has half of its words in `reuse/errors.py`. */
const NAME_WEIGHT = 0.3;

/** Orders hits: by whether the pattern is in path or title (`isIn` says so), by what the words of the pattern say of each entry and by how much of the entry matches. */
export function orderHits(
  hits: Hits,
  pattern: string,
  isIn: (text: string) => boolean,
  library: Library,
): Match[] {
  const { snapshot, index, vocabulary } = library;
  const text = pattern.replaceAll(/\\[a-zA-Z]/g, " ");
  const words = readQuery(text, index, vocabulary);
  const scores = new Map(rank(words, index, snapshot.entries).map(({ id, score }) => [id, score]));
  const wanted = new Set(splitWords(text));
  const shareIn = (path: string) => {
    const there = new Set(splitWords(path));
    return [...wanted].filter((word) => there.has(word)).length / Math.max(wanted.size, 1);
  };
  const weigh = (id: number, places: readonly number[]) => {
    const { from = 0, to = 0, path = "", title = "" } = snapshot.entries[id] ?? {};
    const count = places.length;
    const density = count / (count + SATURATION + (to - from) / 6_000);
    const named =
      (isIn(path) ? PATH_WEIGHT : 0) + (isIn(title) ? TITLE_WEIGHT : 0) + NAME_WEIGHT * shareIn(path);
    return density + named + WORDS_WEIGHT * (scores.get(id) ?? 0);
  };
  return [...hits]
    .map(([id, places]) => ({ id, places, score: weigh(id, places) }))
    .sort((a, b) => b.score - a.score || a.id - b.id);
}
