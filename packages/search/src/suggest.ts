import { nearWords } from "./engine/near-words.ts";
import { countIn } from "./engine/read-query.ts";
import type { Library } from "./engine/library.ts";
import type { Found } from "./engine/run-search.ts";
import { splitWords } from "./engine/split-words.ts";
import type { SearchInput } from "./search-input.ts";

const MOST_WORDS = 5;

/** What to try after a search that found nothing. */
export function suggest(
  { mode }: Found,
  { vocabulary, index }: Library,
  { pattern, path }: SearchInput,
): string {
  const countOf = (term: string) => countIn(index, vocabulary.get(term));
  const terms = splitWords(pattern.replaceAll(/\\[a-zA-Z]/g, " "));
  const near = terms.flatMap((term) =>
    vocabulary.has(term) ? [term] : nearWords(term, vocabulary.keys(), countOf),
  );
  const known = [...new Set(near)].slice(0, MOST_WORDS);
  return [
    "Nothing matched.",
    known.length > 0 &&
      `The texts have words that begin like ${known.map((word) => `"${word}"`).join(", ")}.`,
    path !== undefined && "Leave out `path` to search everywhere.",
    mode === "text" ? "Try fewer or other words." : 'Try mode "text" with a few plain words.',
    "The other search tools have other texts.",
  ]
    .filter((part) => part !== false)
    .join(" ");
}
