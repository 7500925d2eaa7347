/** Endings that say how a word is used rather than what it is about, longest first, and what stays. */
const ENDINGS: readonly (readonly [ending: string, stays: string, least: number])[] = [
  ["izations", "", 4],
  ["ization", "", 4],
  ["ications", "i", 4],
  ["ication", "i", 4],
  ["ations", "", 4],
  ["ation", "", 4],
  ["ments", "", 4],
  ["ment", "", 4],
  ["izers", "", 4],
  ["izing", "", 4],
  ["izer", "", 4],
  ["ized", "", 4],
  ["izes", "", 4],
  ["ize", "", 4],
  ["ness", "", 4],
  ["able", "", 4],
  ["ible", "", 4],
  ["ions", "", 4],
  ["ates", "", 4],
  ["ated", "", 4],
  ["ators", "", 4],
  ["ator", "", 4],
  ["ating", "", 4],
  ["ate", "", 4],
  ["ion", "", 4],
  ["ism", "", 4],
  ["ies", "i", 2],
  ["ied", "i", 2],
  ["ings", "", 3],
  ["ing", "", 3],
  ["ers", "", 3],
  ["ors", "", 4],
  ["er", "", 3],
  ["or", "", 4],
  ["ed", "", 3],
  ["es", "", 3],
  ["ly", "", 4],
  ["s", "", 3],
  ["e", "", 3],
  ["y", "i", 2],
];

const known = new Map<string, string>();
const MOST_KNOWN = 50_000;

/** What a lower-case word shares with its other forms: `retries`, `retried` and `retry` are one. */
export function stem(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const stemmed = cut(word);
  known.set(word, stemmed);
  return stemmed;
}

function cut(word: string): string {
  if (word.length < 4 || /\d/.test(word) || word.endsWith("ss")) return word;
  for (const [ending, stays, least] of ENDINGS) {
    if (!word.endsWith(ending) || word.length - ending.length < least) continue;
    const rest = (word.slice(0, word.length - ending.length) + stays).replace(/y$/, "i");
    // `mapping`, `mapper` and `map` are one, but `calls` keeps what `call` has.
    return rest.length > 3 && /([bdgmnprt])\1$/.test(rest) ? rest.slice(0, -1) : rest;
  }
  return word;
}
