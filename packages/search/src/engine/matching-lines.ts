import type { Vocabulary, QueryWord } from "./read-query.ts";
import { splitWords } from "./split-words.ts";

const MOST_LINES = 6;
const LONGEST_LINE = 400;
/** How far apart words may be and still be about each other. */
const REACH = 3;

/** The lines (counted from 0, ascending) that say most about the words of a query, and how near to each other they say it. */
export function matchingLines(
  lines: readonly string[],
  words: readonly QueryWord[],
  vocabulary: Vocabulary,
): { lines: number[]; nearness: number } {
  const found = lines.map((line) => wordsIn(line.slice(0, LONGEST_LINE), words, vocabulary));
  const scored = found
    .map((weights, line) => ({ line, score: sum(weights), around: sum(near(found, line)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score + b.around - (a.score + a.around) || a.line - b.line);
  const best = scored[0];
  if (best === undefined) return { lines: [], nearness: 0 };
  const shown = scored.filter(({ score }) => score >= 0.4 * Math.max(best.score, 1)).slice(0, MOST_LINES);
  const chosen = shown.length > 0 ? shown : [best];
  return {
    lines: chosen.map(({ line }) => line).sort((a, b) => a - b),
    nearness: best.around / words.length,
  };
}

/** How much each word of the query is in a line. */
function wordsIn(line: string, words: readonly QueryWord[], vocabulary: Vocabulary): number[] | undefined {
  const terms = splitWords(line).map((term) => vocabulary.get(term) ?? -1);
  if (terms.length === 0) return undefined;
  const weights = words.map((word) => Math.max(0, ...terms.map((term) => word.terms.get(term) ?? 0)));
  return weights.some((weight) => weight > 0) ? weights : undefined;
}

/** The most of each word in the lines around one. */
function near(found: readonly (number[] | undefined)[], line: number): number[] {
  const most: number[] = [];
  for (const weights of found.slice(Math.max(0, line - REACH), line + REACH + 1))
    for (const [nth, weight] of (weights ?? []).entries()) most[nth] = Math.max(most[nth] ?? 0, weight);
  return most;
}

function sum(weights: readonly number[] | undefined): number {
  return (weights ?? []).reduce((total, weight) => total + (weight ?? 0), 0);
}
