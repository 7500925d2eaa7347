import type { TextIndex } from "./build-index.ts";
import { countIn } from "./read-query.ts";
import type { QueryWord } from "./read-query.ts";
import type { Entry } from "./snapshot.ts";

/** An entry and how well it answers. */
export interface Ranked {
  id: number;
  score: number;
  /** How much of what the query asks for is there, 0 to 1. */
  share: number;
}

/** Beside the code itself, these are rarely what is looked for. */
const LESS = /(^|\/)(tests?|__init__\.py|conftest\.py|changelog[^/]*|license[^/]*)(\/|$)/i;
const LESS_FACTOR = 0.6;
/** What is left of a score where next to nothing of the query is there. */
const PARTIAL = 0.5;
/** What further terms of one word add to its best. */
const OTHERS = 0.4;

/** Scores every entry that has a word of the query, best first; what has all words beats what has some of them. */
export function rank(words: readonly QueryWord[], index: TextIndex, entries: readonly Entry[]): Ranked[] {
  const scores = new Float64Array(entries.length);
  const weights = new Float64Array(entries.length);
  let all = 0;
  for (const word of words) all += scoreWord(word, index, { scores, weights });
  const ranked: Ranked[] = [];
  for (const [id, entry] of entries.entries()) {
    // Rare words weigh more, also in what is missing.
    const share = (weights[id] ?? 0) / Math.max(all, 1e-9);
    if (share === 0) continue;
    const factor = (PARTIAL + (1 - PARTIAL) * share) * (LESS.test(entry.path) ? LESS_FACTOR : 1);
    ranked.push({ id, score: (scores[id] ?? 0) * factor, share });
  }
  return ranked.sort((a, b) => b.score - a.score || a.id - b.id);
}

interface Totals {
  scores: Float64Array;
  /** How much of the query's weight an entry has. */
  weights: Float64Array;
}

/** Adds what a word's terms say to each entry that has one, and returns how much the word weighs. */
function scoreWord({ terms }: QueryWord, index: TextIndex, { scores, weights }: Totals): number {
  const best = new Map<number, { score: number; weight: number }>();
  let heaviest = 0;
  for (const [term, weight] of terms) {
    const idf = rarity(countIn(index, term), scores.length) * weight;
    heaviest = Math.max(heaviest, idf);
    for (let place = index.starts[term] ?? 0; place < (index.starts[term + 1] ?? 0); place++) {
      const id = index.entries[place] ?? 0;
      const score = (idf * (index.impacts[place] ?? 0)) / 255;
      const before = best.get(id);
      // The best term counts whole and the others a little: synonyms are one word, not many.
      if (!before) best.set(id, { score, weight: idf });
      else {
        before.score = Math.max(before.score, score) + OTHERS * Math.min(before.score, score);
        before.weight = Math.max(before.weight, idf);
      }
    }
  }
  for (const [id, { score, weight }] of best) {
    scores[id] = (scores[id] ?? 0) + score;
    weights[id] = (weights[id] ?? 0) + weight;
  }
  return heaviest;
}

function rarity(count: number, all: number): number {
  return Math.log(1 + (all - count + 0.5) / (count + 0.5));
}
