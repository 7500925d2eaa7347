import { showJson } from "../json.ts";
import type { Json, JsonSchema } from "../json.ts";
import type { Msgpack } from "../msgpack/value.ts";
import { fail } from "../result.ts";
import type { Result } from "../result.ts";
import { listNames, suggestion } from "../suggestion.ts";
import { packUntyped } from "./pack-untyped.ts";
import type { Packing } from "./packing.ts";
import { allowedValues } from "./resolve.ts";

/** What a text that is no member of an enum is told. */
export function notAMember(json: unknown, members: readonly Json[]): string {
  const names = members.map((member) => (typeof member === "string" ? member : JSON.stringify(member)));
  const hint = typeof json === "string" ? suggestion(json, names) : "";
  return `expected one of ${listNames(names)}; got ${showJson(json)}${hint}`;
}

/** A dataclass has the values of an enum in its schema and a pydantic model the names; each is written as given. */
export function packEnum(schema: JsonSchema, json: unknown, path: string, packing: Packing): Result<Msgpack> {
  const members = allowedValues(schema) ?? [];
  // The default of a pydantic enum is a value, and Python reads it beside the names.
  const isMember = [...members, schema["default"]].some((member) => member !== undefined && member === json);
  if (!isMember) return fail(path, notAMember(json, members));
  return packUntyped({}, json, path, packing);
}
