import { isObject } from "./json.ts";
import type { Json, JsonSchema } from "./json.ts";

const schemaMaps = ["properties", "patternProperties", "$defs", "definitions"];
const schemas = ["items", "additionalProperties", "prefixItems", "anyOf", "oneOf", "allOf", "not"];

function segment(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function walkMap(map: Json, pointer: string, base: string): Json {
  if (!isObject(map)) return map;
  const entries = Object.entries(map).map(([key, each]) => [
    key,
    walk(each, `${pointer}/${segment(key)}`, base),
  ]);
  return Object.fromEntries(entries) as Json;
}

function anchor(value: Json, base: string): Json {
  return typeof value === "string" ? value.replace(/^#(?=\/|$)/, `#${base}`) : value;
}

/** A discriminator names the schema for each value of a property. */
function anchorMapping(discriminator: Json, base: string): Json {
  if (!isObject(discriminator) || !isObject(discriminator["mapping"])) return discriminator;
  const entries = Object.entries(discriminator["mapping"]).map(([value, ref]) => [value, anchor(ref, base)]);
  return { ...discriminator, mapping: Object.fromEntries(entries) as Json };
}

function walk(schema: Json, pointer: string, outer: string): Json {
  if (Array.isArray(schema)) return schema.map((each, index) => walk(each, `${pointer}/${index}`, outer));
  if (!isObject(schema)) return schema;
  const base = "$defs" in schema || "definitions" in schema ? pointer : outer;
  const entries = Object.entries(schema).map(([key, value]): [string, Json] => {
    const at = `${pointer}/${segment(key)}`;
    if (key === "$ref") return [key, anchor(value, base)];
    if (key === "discriminator") return [key, anchorMapping(value, base)];
    if (schemaMaps.includes(key)) return [key, walkMap(value, at, base)];
    return [key, schemas.includes(key) ? walk(value, at, base) : value];
  });
  return Object.fromEntries(entries);
}

/** The schema as it stands at `pointer` of another: its references lead from the root to where its definitions are now. */
export function anchorRefs(schema: JsonSchema, pointer: readonly string[]): JsonSchema {
  const at = pointer.map((key) => `/${segment(key)}`).join("");
  return walk(schema, at, at) as JsonSchema;
}
