import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { familyOf } from "./family-table.ts";
import { fromLiteral } from "./from-literal.ts";
import type { Json, JsonSchema } from "./json.ts";
import { holdsStub } from "./stub.ts";

const refusal = "Cannot be given as JSON by this version.";

function typeSchema(type: LiteralType): JsonSchema {
  const family = familyOf(type);
  // A struct's metadata is its schema already; elsewhere it holds constraints and documentation.
  const docs: JsonSchema = (family.name === "struct" ? undefined : type.metadata) ?? {};
  const schema: JsonSchema = { ...family.schema(type, typeSchema), ...docs };
  if (family.write) return schema;
  const { description } = schema;
  return { ...schema, description: typeof description === "string" ? `${description} ${refusal}` : refusal };
}

/** The schema with another description, which still says when values cannot be given. */
export function withDescription(schema: JsonSchema, text: string): JsonSchema {
  const { description } = schema;
  const isRefused = typeof description === "string" && description.endsWith(refusal);
  return { ...schema, description: isRefused ? `${text} ${refusal}` : text };
}

function jsonType(json: Json): string {
  if (json === null) return "null";
  return Array.isArray(json) ? "array" : typeof json;
}

function isOfType(json: Json, type: Json): boolean {
  return type === "integer" ? Number.isInteger(json) : type === jsonType(json);
}

/** A default that the type's usual form excludes (null, an int64 as text) widens the type. */
function withDefault(schema: JsonSchema, json: Json): JsonSchema {
  const { type } = schema;
  if (type === undefined || isOfType(json, type)) return { ...schema, default: json };
  return { ...schema, type: [type, jsonType(json)], default: json };
}

/** The JSON Schema of a type in the shapes of the SDK and console, except for the standard `date-time`. */
export function toJsonSchema(type: LiteralType, fallback?: Literal): JsonSchema {
  const schema = typeSchema(type);
  const json = fallback && fromLiteral(fallback, type);
  return json?.ok && !holdsStub(json.value) ? withDefault(schema, json.value) : schema;
}
