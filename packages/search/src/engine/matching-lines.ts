import type { Vocabulary, QueryWord } from "./read-query.ts";
import { splitWords } from "./split-words.ts";

/** The query as lines are asked for it. */
export interface LineQuery {
  words: readonly QueryWord[];
  vocabulary: Vocabulary;
  /** Matches every line that can have a word of the query, and few others: splitting lines into words takes time. */
  hint: RegExp;
}

const MOST_LINES = 6;
const LONGEST_LINE = 400;
/** How far apart words may be and still be about each other. */
const REACH = 3;
/** Of the best line's score, what another must have to be shown, too. */
const WORTH_SHOWING = 0.4;

export function createLineQuery(
  words: readonly QueryWord[],
  terms: readonly string[],
  vocabulary: Vocabulary,
): LineQuery {
  const wanted = new Set(words.flatMap((word) => [...word.terms.keys()].map((id) => terms[id] ?? "")));
  // A stem is how its words begin, but for an `i` in place of a `y`. Terms are letters and digits alone.
  const beginnings = [...wanted].map((term) => term.replace(/i$/, "")).filter((term) => term !== "");
  return { words, vocabulary, hint: new RegExp(beginnings.join("|") || "$^", "i") };
}

/** The lines (counted from 0, ascending) that say most about the words of a query, and how near to each other they say it. */
export function matchingLines(
  lines: readonly string[],
  query: LineQuery,
): { lines: number[]; nearness: number } {
  const found = new Map<number, number[]>();
  for (const [line, text] of lines.entries()) {
    const weights = wordsIn(text.slice(0, LONGEST_LINE), query);
    if (weights) found.set(line, weights);
  }
  const scored = [...found]
    .map(([line, weights]) => ({ line, score: sum(weights), around: sum(near(found, line)) }))
    .sort((a, b) => b.score + b.around - (a.score + a.around) || a.line - b.line);
  const [best] = scored;
  if (best === undefined) return { lines: [], nearness: 0 };
  const least = WORTH_SHOWING * Math.max(1, best.score);
  const shown = scored.filter((one) => one === best || one.score >= least).slice(0, MOST_LINES);
  return {
    lines: shown.map(({ line }) => line).sort((a, b) => a - b),
    nearness: best.around / query.words.length,
  };
}

/** How much each word of the query is in a line; undefined where none is. */
function wordsIn(line: string, { words, vocabulary, hint }: LineQuery): number[] | undefined {
  if (!hint.test(line)) return undefined;
  const terms = splitWords(line).map((term) => vocabulary.get(term) ?? -1);
  const weights = words.map((word) => Math.max(0, ...terms.map((term) => word.terms.get(term) ?? 0)));
  return weights.some((weight) => weight > 0) ? weights : undefined;
}

/** The most of each word in the lines around one. */
function near(found: ReadonlyMap<number, readonly number[]>, line: number): number[] {
  const most: number[] = [];
  for (let around = line - REACH; around <= line + REACH; around++)
    for (const [nth, weight] of (found.get(around) ?? []).entries())
      most[nth] = Math.max(most[nth] ?? 0, weight);
  return most;
}

function sum(weights: readonly number[]): number {
  return weights.reduce((total, weight) => total + weight, 0);
}
