const PAGE_SIZE = 100;
const MAX_PAGES = 20;

export interface Page<T> {
  rows: readonly T[];
  /** Empty at the end. */
  token: string;
}

export interface Listing<T> {
  rows: T[];
  nextToken?: string;
  /** Why there are fewer rows than asked for though there may be more; left out otherwise. */
  note?: string;
}

/**
 * Reads pages until `limit` rows are there; the token goes on where this stops. Flyte refuses pages above 200.
 * A page may come back with fewer rows than it has, since policy hides some: only an empty token is the end.
 */
export async function listRows<T>(
  limit: number,
  token: string,
  readPage: (request: { limit: number; token: string }) => Promise<Page<T>>,
): Promise<Listing<T>> {
  const rows: T[] = [];
  let { next, skip } = parseToken(token);
  let isSparse = skip > 0;
  let scanned = 0;
  for (let page = 0; page < MAX_PAGES && rows.length < limit; page++) {
    const room = limit - rows.length;
    const size = isSparse ? PAGE_SIZE : Math.min(room, PAGE_SIZE);
    scanned += size;
    const read = await readPage({ limit: size, token: next });
    const fresh = read.rows.slice(skip);
    rows.push(...fresh.slice(0, room));
    if (fresh.length > room) return { rows, nextToken: `${next}~${skip + room}` };
    if (read.token === "") return { rows };
    isSparse ||= read.rows.length < size;
    [next, skip] = [read.token, 0];
  }
  return { rows, nextToken: next, ...(rows.length < limit && { note: describeScan(scanned, rows.length) }) };
}

function describeScan(scanned: number, shown: number): string {
  return `Of ${scanned} rows looked through, ${shown} match and may be shown; call again with next_token to look further.`;
}

/** `TOKEN~N`: go on after N rows of the full page at TOKEN. */
function parseToken(token: string): { next: string; skip: number } {
  const marked = /^(.*)~(\d+)$/s.exec(token);
  return marked ? { next: marked[1] ?? "", skip: Number(marked[2]) } : { next: token, skip: 0 };
}
