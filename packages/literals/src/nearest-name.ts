/** The number of letters to insert, drop or replace to turn one name into the other. */
function editDistance(from: string, to: string): number {
  const target = [...to];
  let row = [0, ...target.map((_letter, index) => index + 1)];
  for (const [line, letter] of [...from].entries()) {
    let diagonal = line;
    let left = line + 1;
    const rest = row.slice(1).map((above, index) => {
      left = Math.min(diagonal + (letter === target[index] ? 0 : 1), above + 1, left + 1);
      diagonal = above;
      return left;
    });
    row = [line + 1, ...rest];
  }
  return row.at(-1) ?? 0;
}

/** The candidate that a mistyped name most likely means; undefined when none is close. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const near = candidates
    .filter((candidate) => Math.abs(candidate.length - name.length) <= limit)
    .map((candidate) => ({
      candidate,
      distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}
