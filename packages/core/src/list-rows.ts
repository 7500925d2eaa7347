const PAGE_SIZE = 100;
const MAX_PAGES = 20;

export interface Page<T> {
  rows: readonly T[];
  /** Empty at the end. */
  token: string;
}

/** Reads pages until `limit` rows are there; the token goes on where this stops. Flyte refuses pages above 200. */
export async function listRows<T>(
  limit: number,
  token: string,
  readPage: (request: { limit: number; token: string }) => Promise<Page<T>>,
): Promise<{ rows: T[]; nextToken?: string }> {
  const rows: T[] = [];
  let next = token;
  for (let page = 0; page < MAX_PAGES && rows.length < limit; page++) {
    const read = await readPage({ limit: Math.min(limit - rows.length, PAGE_SIZE), token: next });
    rows.push(...read.rows);
    next = read.token;
    if (next === "") return { rows };
  }
  return { rows, nextToken: next };
}
