import { stem } from "./stem.ts";

const WORD = /[\p{L}_][\p{L}\p{N}_]*|\p{N}[\p{L}\p{N}]*/gu;
const PART = /\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?\p{Ll}+\d*|\p{L}+|\p{N}+/gu;
const LONGEST = 40;

const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 50_000;

/** The terms of a text: stems of its words, identifiers both whole and split at case and underscore. */
export function splitWords(text: string): string[] {
  const terms: string[] = [];
  for (const [word] of text.matchAll(WORD)) terms.push(...termsOf(word));
  return terms;
}

/** The terms of one word; of an identifier with parts, the whole comes last. */
export function termsOf(word: string): readonly string[] {
  const before = known.get(word);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const terms = split(word);
  known.set(word, terms);
  return terms;
}

function split(word: string): readonly string[] {
  if (word.length > LONGEST) return [];
  const parts = [...word.matchAll(PART)].map(([part]) => part.toLowerCase());
  const stems = parts.filter((part) => part.length > 1).map(stem);
  if (parts.length < 2) return stems;
  return [...stems, parts.join("")];
}
