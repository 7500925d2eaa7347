import { create } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family, FromLiteral, ToLiteral } from "../family.ts";
import { isBroken, isObject, showJson } from "../json.ts";
import type { Json } from "../json.ts";
import { atKey, collect, fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { unknownType } from "./unknown.ts";

function valueType(type: LiteralType | undefined): LiteralType | undefined {
  return type?.type.case === "mapValueType" ? type.type.value : undefined;
}

function keyed<T>(key: string, result: Result<T>): Result<[string, T]> {
  return result.ok ? ok([key, result.value]) : result;
}

/** The order in which the SDK writes keys: by their bytes, a longer one before what it begins with. */
function compareKeys(a: string, b: string): number {
  if (a.startsWith(b)) return -1;
  return b.startsWith(a) ? 1 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function write(type: LiteralType, json: unknown, path: string, inner: ToLiteral): Result<Literal> {
  if (!isObject(json)) return fail(path, `expected an object, got ${showJson(json)}`);
  const value = valueType(type) ?? unknownType;
  const keys = Object.keys(json).sort(compareKeys);
  const entries = collect(
    keys.map((key) => {
      const at = atKey(path, key);
      return keyed(
        key,
        isBroken(key) ? fail(at, "the key holds half of a surrogate pair") : inner(value, json[key], at),
      );
    }),
  );
  if (!entries.ok) return entries;
  // fromEntries makes `__proto__` a key like any other.
  const literals = Object.fromEntries(entries.value);
  return ok(create(LiteralSchema, { value: { case: "map", value: { literals } } }));
}

function read(
  literal: Literal,
  type: LiteralType | undefined,
  path: string,
  inner: FromLiteral,
): Result<Json> | undefined {
  if (literal.value.case !== "map") return undefined;
  const value = valueType(type);
  const entries = collect(
    Object.entries(literal.value.value.literals).map(([key, item]) =>
      keyed(key, inner(item, value, atKey(path, key))),
    ),
  );
  return entries.ok ? ok(Object.fromEntries(entries.value)) : entries;
}

export const map: Family = {
  name: "map",
  matches: (type) => type.type.case === "mapValueType",
  describe: (type, inner) => `dict[str, ${inner(valueType(type) ?? unknownType)}]`,
  schema: (type, inner) => ({
    type: "object",
    additionalProperties: inner(valueType(type) ?? unknownType),
  }),
  write,
  read,
};
