const SHORTEST = 4;
const LONG = 8;

/** The terms that `word` was most likely meant to be: one slip away, two in a long word; the most common first. */
export function nearWords(
  word: string,
  vocabulary: Iterable<string>,
  countOf: (term: string) => number,
  most = 3,
): string[] {
  if (word.length < SHORTEST) return [];
  const slips = word.length >= LONG ? 2 : 1;
  const found: { term: string; slips: number }[] = [];
  for (const term of vocabulary) {
    if (Math.abs(term.length - word.length) > slips || term.length < SHORTEST) continue;
    const distance = slipsBetween(word, term, slips);
    if (distance <= slips) found.push({ term, slips: distance });
  }
  return found
    .sort((a, b) => a.slips - b.slips || countOf(b.term) - countOf(a.term) || (a.term < b.term ? -1 : 1))
    .filter((near, _index, [best]) => near.slips === best?.slips)
    .slice(0, most)
    .map(({ term }) => term);
}

/** Letters to add, drop, change or swap with the next; anything above `most` when they are more. */
function slipsBetween(a: string, b: string, most: number): number {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)];
  if (Math.max(left.length, right.length) > most * 3) return most + 1;
  if (left.length === 0 || right.length === 0) return left.length + right.length;
  if (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]) return 1;
  return Math.min(
    1 + slipsBetween(left.slice(1), right, most),
    1 + slipsBetween(left, right.slice(1), most),
    1 + slipsBetween(left.slice(1), right.slice(1), most),
  );
}
