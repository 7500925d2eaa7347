import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { isObject } from "../json.ts";
import { variantsOf } from "../literal.ts";
import { tupleKeys } from "../model/tuple.ts";

type Distance = (json: unknown, type: LiteralType) => number;

function isNumber(json: unknown): json is number | bigint {
  return typeof json === "number" || typeof json === "bigint";
}

function textOnly(json: unknown, far: number): number {
  return typeof json === "string" ? far : Infinity;
}

function isTagged(type: LiteralType, tag: string): boolean {
  return type.structure?.tag === tag;
}

/** A date is a datetime whose time is left out. */
function datetimeDistance(json: unknown, type: LiteralType): number {
  if (typeof json !== "string") return Infinity;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(json);
  return isDay === isTagged(type, "date") ? 3 : 4;
}

const simpleDistances: Readonly<Partial<Record<SimpleType, Distance>>> = {
  [SimpleType.NONE]: (json) => (json === null ? 0 : Infinity),
  [SimpleType.BOOLEAN]: (json) => (typeof json === "boolean" ? 0 : textOnly(json, 9)),
  [SimpleType.INTEGER]: (json) =>
    isNumber(json) ? (Number.isInteger(Number(json)) ? 1 : Infinity) : textOnly(json, 7),
  [SimpleType.FLOAT]: (json) => (isNumber(json) ? 2 : textOnly(json, 8)),
  [SimpleType.STRING]: (json) => textOnly(json, 2),
  [SimpleType.DATETIME]: datetimeDistance,
  [SimpleType.DURATION]: (json) => (isNumber(json) ? 3 : textOnly(json, 4)),
  [SimpleType.BINARY]: (json) => textOnly(json, 6),
  [SimpleType.STRUCT]: (json, type) => {
    if (Array.isArray(json)) return type.metadata && tupleKeys(type.metadata) ? 1 : Infinity;
    if (!isObject(json)) return Infinity;
    return type.metadata?.["properties"] === undefined && type.metadata?.["$ref"] === undefined ? 4 : 2;
  },
};

function farthest(type: LiteralType, items: readonly unknown[]): number {
  return items.reduce((far: number, item) => Math.max(far, distance(type, item)), 1);
}

function storedDistance(json: unknown): number {
  const isReference = isObject(json) && ("uri" in json || "path" in json);
  return isReference ? 1 : textOnly(json, 5);
}

/** How far JSON is from what a type is usually given as; Infinity where it cannot be meant. */
export function distance(type: LiteralType, json: unknown): number {
  switch (type.type.case) {
    case "simple":
      return simpleDistances[type.type.value]?.(json, type) ?? Infinity;
    case "enumType":
      return typeof json === "string" ? 1 : Infinity;
    case "collectionType":
      return Array.isArray(json) ? farthest(type.type.value, json) : Infinity;
    case "mapValueType":
      return isObject(json) ? Math.max(3, farthest(type.type.value, Object.values(json))) : Infinity;
    case "unionType":
      return Math.min(...variantsOf(type).map((variant) => distance(variant, json)));
    case "blob":
    case "structuredDatasetType":
      return storedDistance(json);
    default:
      return Infinity;
  }
}
