/** What is wrong and where: `path` is like `a`, `xs[2]` or `m.key`. */
export interface Problem {
  path: string;
  message: string;
}

/** A value, or everything that stands in its way. */
export type Result<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function fail(path: string, message: string): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [{ path, message }] };
}

/** All values when every result has one, otherwise the problems of all that have not. */
export function collect<T>(results: readonly Result<T>[]): Result<T[]> {
  const values: T[] = [];
  const problems: Problem[] = [];
  for (const result of results) {
    if (result.ok) values.push(result.value);
    else for (const problem of result.problems) problems.push(problem);
  }
  return problems.length === 0 ? ok(values) : { ok: false, problems };
}

export function atIndex(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** The path of a map's value; keys that are not plain words are quoted. */
export function atKey(path: string, key: string): string {
  if (!/^[\p{L}\p{N}_-]+$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
