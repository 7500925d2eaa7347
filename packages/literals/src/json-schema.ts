import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { familyOf } from "./family-table.ts";
import type { Family } from "./family.ts";
import { fromLiteral } from "./from-literal.ts";
import type { Json, JsonSchema } from "./json.ts";
import { holdsStub } from "./stub.ts";

const refusal = "Cannot be given as JSON.";

function noteOf({ note, write }: Family): string | undefined {
  return note ?? (write ? undefined : refusal);
}

function typeSchema(type: LiteralType): JsonSchema {
  const family = familyOf(type);
  // A struct's metadata is its schema already; elsewhere it holds constraints and documentation.
  const docs: JsonSchema = (family.name === "struct" ? undefined : type.metadata) ?? {};
  const schema: JsonSchema = { ...family.schema(type, typeSchema), ...docs };
  const note = noteOf(family);
  if (note === undefined) return schema;
  const { description } = schema;
  return { ...schema, description: typeof description === "string" ? `${description} ${note}` : note };
}

/** The schema with the description of a variable of the type, which still says how values can be given. */
export function withDescription(schema: JsonSchema, type: LiteralType, text: string): JsonSchema {
  const note = noteOf(familyOf(type));
  return { ...schema, description: note === undefined ? text : `${text} ${note}` };
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
