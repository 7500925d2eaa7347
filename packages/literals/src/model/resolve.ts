import { isObject } from "../json.ts";
import type { Json, JsonSchema } from "../json.ts";

export function isSchema(json: Json | undefined): json is JsonSchema {
  return isObject(json);
}

/** The schema that a pointer such as `#/$defs/Node` names; any value is allowed where there is none. */
function lookUp(pointer: string, root: JsonSchema): JsonSchema {
  let found: Json | undefined = root;
  for (const part of pointer.replace(/^#\/?/, "").split("/")) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (key !== "") found = isSchema(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return isSchema(found) ? found : {};
}

function step(schema: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  if (!("$ref" in schema || "allOf" in schema)) return undefined;
  const { $ref, allOf, ...own } = schema;
  if (typeof $ref === "string") return { ...lookUp($ref, root), ...own };
  const only = Array.isArray(allOf) && allOf.length === 1 ? allOf[0] : undefined;
  return isSchema(only) ? { ...only, ...own } : undefined;
}

/** The schema with its references followed; what stands beside a reference goes before what it names. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current = schema;
  // References that only lead to one another end here.
  for (let hops = 0; hops < 50; hops++) {
    const next = step(current, root);
    if (!next) return current;
    current = next;
  }
  return {};
}

export function schemaList(json: Json | undefined): JsonSchema[] {
  return Array.isArray(json) ? json.filter(isSchema) : [];
}

/** The alternatives of a schema; a list of types is one as well. */
export function alternativesOf(schema: JsonSchema): JsonSchema[] {
  if (Array.isArray(schema["type"])) return schema["type"].map((type) => ({ ...schema, type }));
  return schemaList(schema["anyOf"] ?? schema["oneOf"]);
}

export function propertiesOf(schema: JsonSchema): JsonSchema {
  return isSchema(schema["properties"]) ? schema["properties"] : {};
}

export function allowedValues(schema: JsonSchema): Json[] | undefined {
  if (Array.isArray(schema["enum"])) return schema["enum"];
  return schema["const"] === undefined ? undefined : [schema["const"]];
}

export function requiredOf({ required }: JsonSchema): string[] {
  return Array.isArray(required) ? required.filter((key) => typeof key === "string") : [];
}
