/** A range of lines shown, with the numbers of those that match. */
export interface Excerpt {
  from: number;
  to: number;
  lines: readonly string[];
  matches: readonly number[];
}

export interface ContextLines {
  before: number;
  after: number;
}

const LONGEST_LINE = 300;

/** Windows around the lines that match (counted from 0), merged where they meet; `first` is the number of line 0. */
export function excerptsOf(
  lines: readonly string[],
  matches: readonly number[],
  { before, after }: ContextLines,
  first: number,
): Excerpt[] {
  const windows: { from: number; to: number; matches: number[] }[] = [];
  for (const match of matches) {
    const from = Math.max(0, match - before);
    const to = Math.min(lines.length - 1, match + after);
    const last = windows.at(-1);
    if (last && from <= last.to + 1) {
      last.to = Math.max(last.to, to);
      last.matches.push(match);
    } else windows.push({ from, to, matches: [match] });
  }
  return windows.map(({ from, to, matches: inside }) => ({
    from: from + first,
    to: to + first,
    lines: lines.slice(from, to + 1).map(shorten),
    matches: inside.map((match) => match + first),
  }));
}

function shorten(line: string): string {
  return line.length <= LONGEST_LINE ? line.trimEnd() : `${line.slice(0, LONGEST_LINE)}…`;
}
