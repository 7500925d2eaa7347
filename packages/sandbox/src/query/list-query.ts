import type { Filter, ListRequest, Sort } from "@flyte-mcp/idl/common/list";
import { Sort_Direction } from "@flyte-mcp/idl/common/list";
import { invalidArgument } from "../errors.ts";
import type { Columns } from "./columns.ts";
import { createFilter } from "./filters.ts";
import { compareValues } from "./columns.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** A page to read: where it begins, how long it is, and in which order. */
export interface ListQuery<Row> {
  limit: number;
  offset: number;
  matches: (row: Row) => boolean;
  compare: (a: Row, b: Row) => number;
}

/** How a table is listed when the request does not say. */
export interface Listing<Row> {
  columns: Columns<Row>;
  /** The order of rows that the request leaves undecided. */
  defaultOrder: (a: Row, b: Row) => number;
  /** What Flyte puts before a database error, e.g. `failed to list actions`. */
  failure: string;
}

/** Reads limit, token, order and filters; throws `invalid_argument` for what Flyte refuses. */
export function readListQuery<Row>(request: ListRequest | undefined, listing: Listing<Row>): ListQuery<Row> {
  const limit = readLimit(request?.limit ?? 0);
  const compare = readOrder(request, listing);
  const matches = readFilters(request?.filters ?? [], listing);
  return { limit, offset: readToken(request?.token ?? ""), matches, compare };
}

function readLimit(limit: number): number {
  if (limit > MAX_LIMIT) throw invalidArgument(`invalid limit: ${limit} (exceeds maximum of ${MAX_LIMIT})`);
  return limit === 0 ? DEFAULT_LIMIT : limit;
}

function readToken(token: string): number {
  if (token === "") return 0;
  if (!/^\+?\d+$/.test(token)) throw invalidArgument(`invalid token: ${JSON.stringify(token)}`);
  return Number(token);
}

function readOrder<Row>(request: ListRequest | undefined, { columns, defaultOrder }: Listing<Row>) {
  const asked = listSorts(request);
  const unknown = asked.find(({ key }) => !columns[key]);
  if (unknown) throw invalidArgument(`invalid sort field: ${unknown.key}`);
  return (a: Row, b: Row) => {
    for (const { key, direction } of asked) {
      const order = compareValues(columns[key]?.read(a), columns[key]?.read(b));
      if (order !== 0) return direction === Sort_Direction.ASCENDING ? order : -order;
    }
    return defaultOrder(a, b);
  };
}

function listSorts(request: ListRequest | undefined): Sort[] {
  if (request && request.sortByFields.length > 0) return request.sortByFields;
  return request?.sortBy?.key ? [request.sortBy] : [];
}

function readFilters<Row>(filters: Filter[], listing: Listing<Row>) {
  const parts = filters.map((filter) => createFilter(filter, listing));
  return (row: Row) => parts.every((part) => part(row));
}

/** One page; the token is exact if the table is read one row further, else a full page has one. */
export function takePage<Row>(
  rows: readonly Row[],
  query: ListQuery<Row>,
  tokens: "exact" | "after full page",
): { page: Row[]; token: string; matching: number } {
  const matching = rows.filter(query.matches).sort(query.compare);
  const end = query.offset + query.limit;
  const page = matching.slice(query.offset, end);
  const more = tokens === "exact" ? matching.length > end : page.length === query.limit;
  return { page, token: more ? String(end) : "", matching: matching.length };
}
