import type { TextIndex } from "./build-index.ts";
import { nearWords } from "./near-words.ts";
import { relatedWords } from "./related-words.ts";
import { termsOf } from "./split-words.ts";

/** A word of a query and the terms that count as it. */
export interface QueryWord {
  /** As it was given. */
  word: string;
  /** How much each term counts; the word's own counts 1. */
  terms: ReadonlyMap<number, number>;
  /** What a misspelled word was taken for. */
  readAs?: string;
}

/** A table of where each term is, made once for an index. */
export type Vocabulary = ReadonlyMap<string, number>;

const RELATED = 0.25;
const PART = 0.55;
const NEAR = 0.6;
const JOINED = 0.8;
const MOST_WORDS = 24;

/** Words that every question has and no text is about. */
const EMPTY = new Set(
  (
    "a an and any are as at be been by can could did do does doing each for from get gets give had has have how i if in " +
    "into is it its like make makes many me my need no not of on one only or our out per should show shows so some " +
    "than that the their them then there these they this to too up us use used uses using want was way we what when " +
    "where which who why will with within without would you your example examples please flyte"
  ).split(" "),
);

/** The words of a query that say something, each with the terms of the index that count as it. */
export function readQuery(text: string, index: TextIndex, vocabulary: Vocabulary): QueryWord[] {
  const given = [...text.matchAll(/[\p{L}\p{N}_]+/gu)].map(([word]) => word);
  const telling = given.filter((word) => !EMPTY.has(word.toLowerCase()));
  const words = [...new Set(telling.length > 0 ? telling : given)].slice(0, MOST_WORDS);
  return words.map((word, nth) => readWord(word, words[nth + 1], index, vocabulary));
}

function readWord(
  word: string,
  next: string | undefined,
  index: TextIndex,
  vocabulary: Vocabulary,
): QueryWord {
  const own = termsOf(word);
  const terms = new Map<number, number>();
  const add = (term: string | undefined, weight: number) => {
    const id = term === undefined ? undefined : vocabulary.get(term);
    if (id !== undefined && (terms.get(id) ?? 0) < weight) terms.set(id, weight);
  };
  for (const [nth, term] of own.entries()) add(term, nth === own.length - 1 ? 1 : PART);
  // `map task` is also `map_task`.
  if (next !== undefined) add((word + next).toLowerCase(), JOINED);
  const readAs = terms.size > 0 ? undefined : nearest(own.at(-1), index, vocabulary);
  add(readAs, NEAR);
  for (const term of own) for (const related of relatedWords(term)) add(related, RELATED);
  return { word, terms, ...(readAs && { readAs }) };
}

function nearest(term: string | undefined, index: TextIndex, vocabulary: Vocabulary): string | undefined {
  if (term === undefined) return undefined;
  const countOf = (other: string) => countIn(index, vocabulary.get(other));
  return nearWords(term, vocabulary.keys(), countOf, 1)[0];
}

/** How many entries have a term. */
export function countIn({ starts }: TextIndex, term: number | undefined): number {
  return term === undefined ? 0 : (starts[term + 1] ?? 0) - (starts[term] ?? 0);
}
