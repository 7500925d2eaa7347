import type { Hits } from "./hits.ts";
import type { Library } from "./library.ts";

const NEWLINE = 10;
const MOST_LINES = 50_000;

/** The lines that contain a text; upper and lower case are one unless the text has an upper-case letter. */
export function searchLiteral(text: string, library: Library, isOpen: (id: number) => boolean) {
  const ignoreCase = !/\p{Lu}/u.test(text);
  const isIn = (other: string) => (ignoreCase ? other.toLowerCase() : other).includes(text);
  return { hits: linesWith([text], ignoreCase, library, isOpen), isIn };
}

/** The lines that contain one of some texts. */
export function linesWith(
  texts: readonly string[],
  ignoreCase: boolean,
  library: Library,
  isOpen: (id: number) => boolean,
): Hits {
  const bytes = ignoreCase ? library.lowered() : library.snapshot.bytes;
  const places = new Set<number>();
  for (const text of texts) {
    const wanted = Buffer.from(ignoreCase ? text.toLowerCase() : text);
    let at = wanted.length === 0 ? -1 : bytes.indexOf(wanted);
    while (at !== -1 && places.size < MOST_LINES) {
      places.add(bytes.lastIndexOf(NEWLINE, at) + 1);
      const end = bytes.indexOf(NEWLINE, at);
      at = end === -1 ? -1 : bytes.indexOf(wanted, end);
    }
  }
  const ordered = texts.length > 1 ? [...places].sort((a, b) => a - b) : places;
  return groupByEntry(ordered, library, isOpen);
}

function groupByEntry(
  places: Iterable<number>,
  { snapshot: { entries } }: Library,
  isOpen: (id: number) => boolean,
): Hits {
  const hits = new Map<number, number[]>();
  let id = 0;
  for (const place of places) {
    while (id < entries.length - 1 && place >= (entries[id]?.to ?? 0)) id++;
    if (!isOpen(id)) continue;
    const before = hits.get(id);
    if (before) before.push(place);
    else hits.set(id, [place]);
  }
  return hits;
}
