import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { showJson } from "../json.ts";
import type { Json } from "../json.ts";
import { isSimple, primitiveLiteral, primitiveOf } from "../literal.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { formatTimestamp, parseTimestamp } from "../timestamp.ts";

/** A date has no type of its own on the wire; only the tag of a union's variant tells it. */
function isDate(type: LiteralType | undefined): boolean {
  return type?.structure?.tag === "date";
}

function write(_type: LiteralType, json: unknown, path: string): Result<Literal> {
  const value = typeof json === "string" ? parseTimestamp(json) : "form";
  if (value === "form") {
    const forms = "2024-02-29T12:30:45Z, with an offset, without one (UTC), or 2024-02-29";
    return fail(path, `expected a date and time such as ${forms}; got ${showJson(json)}`);
  }
  if (value === "date") return fail(path, `${showJson(json)} does not exist or is out of range`);
  return ok(primitiveLiteral({ case: "datetime", value }));
}

function read(literal: Literal, type: LiteralType | undefined, path: string): Result<Json> | undefined {
  const primitive = primitiveOf(literal);
  if (primitive?.case !== "datetime") return undefined;
  const text = formatTimestamp(primitive.value);
  if (text === undefined) return fail(path, "the literal holds an invalid timestamp");
  return ok(isDate(type) ? text.replace(/T.*$/, "") : text);
}

export const datetime: Family = {
  name: "datetime",
  matches: (type) => isSimple(type, SimpleType.DATETIME),
  describe: (type) => (isDate(type) ? "date" : "datetime"),
  schema: (type) => ({ type: "string", format: isDate(type) ? "date" : "date-time" }),
  write,
  read,
};
