import { showJson } from "../json.ts";
import type { JsonSchema } from "../json.ts";
import type { Msgpack } from "../msgpack/value.ts";
import { atIndex, collect, fail } from "../result.ts";
import type { Result } from "../result.ts";
import type { Packing } from "./packing.ts";
import { isSchema, schemaList } from "./resolve.ts";

/** A list, or a tuple whose items have a schema each. */
export function packArray(
  schema: JsonSchema,
  json: unknown,
  path: string,
  packing: Packing,
): Result<Msgpack> {
  if (!Array.isArray(json)) return fail(path, `expected an array, got ${showJson(json)}`);
  const heads = schemaList(schema["prefixItems"]);
  const rest = isSchema(schema["items"]) ? schema["items"] : undefined;
  if (heads.length > 0 && !rest && json.length !== heads.length) {
    return fail(path, `expected ${heads.length} items, got ${json.length}`);
  }
  return collect(
    json.map((item: unknown, index) =>
      packing.pack(heads[index] ?? rest ?? {}, item, atIndex(path, index), packing),
    ),
  );
}
