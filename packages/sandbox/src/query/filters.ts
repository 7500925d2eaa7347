import type { Filter } from "@flyte-mcp/idl/common/list";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import { internal, invalidArgument } from "../errors.ts";
import type { Column, Value } from "./columns.ts";
import { compareValues } from "./columns.ts";
import type { Listing } from "./list-query.ts";

type Test = (value: Value, wanted: string[], column: Column<never>) => boolean;

const SUPPORTED: Partial<Record<Filter_Function, Test>> = {
  [Filter_Function.EQUAL]: (value, [wanted], column) => order(value, wanted, column) === 0,
  [Filter_Function.NOT_EQUAL]: (value, [wanted], column) => order(value, wanted, column) !== 0,
  [Filter_Function.GREATER_THAN]: (value, [wanted], column) => order(value, wanted, column) > 0,
  [Filter_Function.GREATER_THAN_OR_EQUAL]: (value, [wanted], column) => order(value, wanted, column) >= 0,
  [Filter_Function.LESS_THAN]: (value, [wanted], column) => order(value, wanted, column) < 0,
  [Filter_Function.LESS_THAN_OR_EQUAL]: (value, [wanted], column) => order(value, wanted, column) <= 0,
  [Filter_Function.CONTAINS]: (value, [wanted = ""]) => String(value).includes(wanted),
  [Filter_Function.CONTAINS_CASE_INSENSITIVE]: (value, [wanted = ""]) =>
    String(value).toLowerCase().includes(wanted.toLowerCase()),
  [Filter_Function.ENDS_WITH]: (value, [wanted = ""]) => String(value).endsWith(wanted),
  [Filter_Function.NOT_ENDS_WITH]: (value, [wanted = ""]) => !String(value).endsWith(wanted),
  [Filter_Function.VALUE_IN]: (value, wanted, column) =>
    wanted.some((one) => order(value, one, column) === 0),
};

/** One condition of a list request; throws what Flyte answers for one that it or its database refuses. */
export function createFilter<Row>(filter: Filter, { columns, failure }: Listing<Row>): (row: Row) => boolean {
  const column = columns[filter.field];
  const test = SUPPORTED[filter.function];
  if (!column) throw refused(`invalid filter field: ${filter.field}`);
  if (!test) throw refused(`unsupported filter function: ${Filter_Function[filter.function]}`);
  if (filter.values.length === 0) throw refused(`filter ${filter.field} has no values`);
  if (filter.function === Filter_Function.VALUE_IN && filter.values.length === 1)
    throw internal(`${failure}: sql: converting argument: pq: Unable to convert string to array`);
  filter.values.forEach((value) => assertSyntax(value, column, failure));
  return (row) => {
    const value = column.read(row);
    return value !== undefined && test(value, filter.values, column as Column<never>);
  };
}

function refused(reason: string) {
  return invalidArgument(`failed to convert filters: ${reason}`);
}

function assertSyntax<Row>(value: string, { type }: Column<Row>, failure: string): void {
  if (type === "integer" && !/^\s*[-+]?\d+\s*$/.test(value))
    throw internal(`${failure}: ERROR: invalid input syntax for type integer: "${value}" (SQLSTATE 22P02)`);
  if (type === "time" && Number.isNaN(Date.parse(value)))
    throw internal(
      `${failure}: ERROR: invalid input syntax for type timestamp with time zone: "${value}" (SQLSTATE 22007)`,
    );
}

function order(value: Value, wanted: string | undefined, { type }: Column<never>): number {
  return compareValues(value, readValue(wanted ?? "", type));
}

function readValue(wanted: string, type: Column<never>["type"]): Value {
  if (type === "integer") return BigInt(wanted.trim());
  if (type === "time") return BigInt(Date.parse(wanted)) * 1000n;
  if (type === "boolean") return wanted === "true" || wanted === "t";
  return wanted;
}
