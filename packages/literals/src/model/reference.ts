import { isObject } from "../json.ts";
import type { JsonSchema } from "../json.ts";
import { atKey, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { baseName, parseUri } from "../uri.ts";
import { propertiesOf } from "./resolve.ts";

type Key = "path" | "uri";

/** The property with which a File, a Dir or a DataFrame inside a model refers to its data. */
export function referenceKey(schema: JsonSchema): Key | undefined {
  const properties = propertiesOf(schema);
  const kind = schema["x-flyte-type"] ?? schema["title"];
  if (typeof kind !== "string" || !("format" in properties)) return undefined;
  if (/^(file|dir)$/i.test(kind) && "path" in properties) return "path";
  return /^dataframe$/i.test(kind) && "uri" in properties ? "uri" : undefined;
}

/** The properties of a reference from a URI or from an object that says `uri` for `path` or the reverse. */
export function referenceProperties(
  key: Key,
  schema: JsonSchema,
  json: unknown,
  path: string,
): Result<unknown> {
  const given: unknown = typeof json === "string" ? { [key]: json } : json;
  if (!isObject(given)) return ok(json);
  const other: Key = key === "path" ? "uri" : "path";
  const spelled = key in given || !(other in given) ? key : other;
  const { [spelled]: target, ...rest } = given;
  if (target === undefined) return ok(given);
  const uri = parseUri(target, typeof json === "string" ? path : atKey(path, spelled));
  if (!uri.ok) return uri;
  // Python derives the name itself, though not in every reader.
  const isNamed = !("name" in propertiesOf(schema)) || typeof rest["name"] === "string";
  return ok({ [key]: uri.value, ...rest, ...(isNamed ? {} : { name: baseName(uri.value) }) });
}
