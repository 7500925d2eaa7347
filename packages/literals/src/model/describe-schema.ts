import type { JsonSchema } from "../json.ts";
import { allowedValues, alternativesOf, resolve } from "./resolve.ts";

/** A schema in a few words, for messages: `integer`, `Point`, `string | null`. */
export function describeSchema(schema: JsonSchema, root: JsonSchema): string {
  const resolved = resolve(schema, root);
  const values = allowedValues(resolved);
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  const alternatives = alternativesOf(resolved);
  if (alternatives.length > 0) return alternatives.map((each) => describeSchema(each, root)).join(" | ");
  const { type, title, format, properties } = resolved;
  if (properties !== undefined && typeof title === "string") return title;
  if (typeof format === "string") return format;
  return typeof type === "string" ? type : "any value";
}
