import { create } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family, FromLiteral, ToLiteral } from "../family.ts";
import { showJson } from "../json.ts";
import type { Json } from "../json.ts";
import { atIndex, collect, fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { unknownType } from "./unknown.ts";

function itemType(type: LiteralType | undefined): LiteralType | undefined {
  return type?.type.case === "collectionType" ? type.type.value : undefined;
}

function write(type: LiteralType, json: unknown, path: string, inner: ToLiteral): Result<Literal> {
  if (!Array.isArray(json)) return fail(path, `expected an array, got ${showJson(json)}`);
  const item = itemType(type) ?? unknownType;
  const items = collect(json.map((value: unknown, index) => inner(item, value, atIndex(path, index))));
  if (!items.ok) return items;
  return ok(create(LiteralSchema, { value: { case: "collection", value: { literals: items.value } } }));
}

function read(
  literal: Literal,
  type: LiteralType | undefined,
  path: string,
  inner: FromLiteral,
): Result<Json> | undefined {
  if (literal.value.case !== "collection") return undefined;
  const item = itemType(type);
  return collect(
    literal.value.value.literals.map((value, index) => inner(value, item, atIndex(path, index))),
  );
}

export const list: Family = {
  name: "list",
  matches: (type) => type.type.case === "collectionType",
  describe: (type, inner) => `list[${inner(itemType(type) ?? unknownType)}]`,
  schema: (type, inner) => ({ type: "array", items: inner(itemType(type) ?? unknownType) }),
  write,
  read,
};
