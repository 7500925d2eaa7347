const MOST_CHARACTERS = 300;

/** The candidates most like `name`, best first, at most `most`; unlike ones are left out. */
export function nearestNames(name: string, candidates: Iterable<string>, most = 3): string[] {
  // Comparing takes time with the square of the length, and no name of Flyte is that long.
  if (name.length > MOST_CHARACTERS) return [];
  const wanted = name.toLowerCase();
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, score: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ score }) => score <= Math.max(2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.score - b.score || a.candidate.localeCompare(b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** A sentence part that offers the nearest names, or an empty text where nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = nearestNames(name, candidates);
  return near.length === 0 ? "" : ` Did you mean ${near.map((n) => `"${n}"`).join(" or ")}?`;
}

function distance(a: string, b: string): number {
  // A name typed without its environment (`add` for `seed.add`) is one slip, not many.
  if (b.endsWith(`.${a}`) || b.startsWith(`${a}.`)) return 1;
  return levenshtein(a, b);
}

function levenshtein(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = cost(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(substitution, cost(previous, j) + 1, cost(row, j - 1) + 1);
    }
    previous = row;
  }
  return cost(previous, b.length);
}

function cost(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
