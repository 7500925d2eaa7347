import type { TextIndex } from "./build-index.ts";
import { countIn } from "./read-query.ts";
import type { QueryWord } from "./read-query.ts";
import type { Entry } from "./snapshot.ts";

/** An entry and how well it answers; `words` is how many words of the query it has. */
export interface Ranked {
  id: number;
  score: number;
  words: number;
}

/** Beside the code itself, these are rarely what is looked for. */
const LESS = /(^|\/)(tests?|__init__\.py|conftest\.py|changelog[^/]*|license[^/]*)(\/|$)/i;
const LESS_FACTOR = 0.6;

/** Scores every entry that has a word of the query, best first; what has all words beats what has some of them. */
export function rank(words: readonly QueryWord[], index: TextIndex, entries: readonly Entry[]): Ranked[] {
  const scores = new Float64Array(entries.length);
  const covered = new Uint8Array(entries.length);
  const weights = new Float64Array(entries.length);
  let all = 0;
  for (const word of words) all += scoreWord(word, index, { scores, covered, weights });
  const ranked: Ranked[] = [];
  for (const [id, entry] of entries.entries()) {
    const count = covered[id] ?? 0;
    if (count === 0) continue;
    // Rare words weigh more, also in what is missing.
    const share = (weights[id] ?? 0) / Math.max(all, 1e-9);
    const factor = (0.25 + 0.75 * share) * (LESS.test(entry.path) ? LESS_FACTOR : 1);
    ranked.push({ id, score: (scores[id] ?? 0) * factor, words: count });
  }
  return ranked.sort((a, b) => b.score - a.score || a.id - b.id);
}

interface Totals {
  scores: Float64Array;
  covered: Uint8Array;
  /** How much of the query's weight an entry has. */
  weights: Float64Array;
}

/** Adds a word's best term to each entry that has one, and returns how much the word weighs. */
function scoreWord({ terms }: QueryWord, index: TextIndex, { scores, covered, weights }: Totals): number {
  const best = new Map<number, number>();
  const rarity = (count: number) => Math.log(1 + (scores.length - count + 0.5) / (count + 0.5));
  let heaviest = 0;
  for (const [term, weight] of terms) {
    const idf = rarity(countIn(index, term)) * weight;
    heaviest = Math.max(heaviest, idf);
    for (let place = index.starts[term] ?? 0; place < (index.starts[term + 1] ?? 0); place++) {
      const id = index.entries[place] ?? 0;
      const score = (idf * (index.impacts[place] ?? 0)) / 255;
      // The best term counts whole and the others a little: synonyms are one word, not many.
      const before = best.get(id) ?? 0;
      best.set(id, Math.max(before, score) + 0.25 * Math.min(before, score));
    }
  }
  // A word that nothing has misses everywhere alike.
  for (const [id, score] of best) {
    scores[id] = (scores[id] ?? 0) + score;
    covered[id] = (covered[id] ?? 0) + 1;
    weights[id] = (weights[id] ?? 0) + heaviest;
  }
  return heaviest;
}
