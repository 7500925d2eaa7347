import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { toMicros } from "../clock.ts";

/** A value of a column; undefined stands for NULL. */
export type Value = string | bigint | boolean | undefined;

/** A column that may be filtered and sorted by. */
export interface Column<Row> {
  type: "text" | "integer" | "time" | "boolean";
  read: (row: Row) => Value;
}

export type Columns<Row> = Record<string, Column<Row>>;

export function text<Row>(read: (row: Row) => string | undefined): Column<Row> {
  return { type: "text", read: (row) => read(row) || undefined };
}

export function integer<Row>(read: (row: Row) => number | bigint | undefined): Column<Row> {
  return {
    type: "integer",
    read: (row) => {
      const value = read(row);
      return value === undefined ? undefined : BigInt(value);
    },
  };
}

export function time<Row>(read: (row: Row) => Timestamp | undefined): Column<Row> {
  return {
    type: "time",
    read: (row) => {
      const value = read(row);
      return value && toMicros(value);
    },
  };
}

export function flag<Row>(read: (row: Row) => boolean): Column<Row> {
  return { type: "boolean", read };
}

/** Ascending order with NULL last, as PostgreSQL sorts. */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
