const PAGE_SIZE = 100;
const MAX_PAGES = 20;

export interface Page<T> {
  rows: readonly T[];
  /** Empty at the end. */
  token: string;
}

/**
 * Reads pages until `limit` rows are there; the token goes on where this stops. Flyte refuses pages above 200.
 * A page may come back with fewer rows than it has, since policy hides some: only an empty token is the end.
 */
export async function listRows<T>(
  limit: number,
  token: string,
  readPage: (request: { limit: number; token: string }) => Promise<Page<T>>,
): Promise<{ rows: T[]; nextToken?: string }> {
  const rows: T[] = [];
  let { next, skip } = parseToken(token);
  let isSparse = skip > 0;
  for (let page = 0; page < MAX_PAGES && rows.length < limit; page++) {
    const room = limit - rows.length;
    const size = isSparse ? PAGE_SIZE : Math.min(room, PAGE_SIZE);
    const read = await readPage({ limit: size, token: next });
    const fresh = read.rows.slice(skip);
    rows.push(...fresh.slice(0, room));
    if (fresh.length > room) return { rows, nextToken: `${next}~${skip + room}` };
    if (read.token === "") return { rows };
    isSparse ||= read.rows.length < size;
    [next, skip] = [read.token, 0];
  }
  return { rows, nextToken: next };
}

/** `TOKEN~N`: go on after N rows of the full page at TOKEN. */
function parseToken(token: string): { next: string; skip: number } {
  const marked = /^(.*)~(\d+)$/s.exec(token);
  return marked ? { next: marked[1] ?? "", skip: Number(marked[2]) } : { next: token, skip: 0 };
}
