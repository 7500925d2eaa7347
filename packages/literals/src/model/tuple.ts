import { isObject } from "../json.ts";
import type { Json, JsonSchema } from "../json.ts";
import type { Msgpack } from "../msgpack/value.ts";
import { atKey, fail } from "../result.ts";
import type { Result } from "../result.ts";
import { packModel } from "./pack-value.ts";
import { propertiesOf } from "./resolve.ts";

/** The keys under which the SDK keeps the items of a tuple; undefined for the model of anything else. */
export function tupleKeys(model: JsonSchema): string[] | undefined {
  if (typeof model["title"] !== "string" || !model["title"].startsWith("TupleWrapper_")) return undefined;
  return Object.keys(propertiesOf(model)).map((_key, index) => `item_${index}`);
}

/** Packs the array that stands for a tuple in JSON. */
export function packTuple(model: JsonSchema, json: readonly unknown[], path: string): Result<Msgpack> {
  const keys = tupleKeys(model) ?? [];
  if (json.length !== keys.length) return fail(path, `expected ${keys.length} items, got ${json.length}`);
  const packed = packModel(model, Object.fromEntries(keys.map((key, index) => [key, json[index]])), path);
  if (packed.ok) return packed;
  const problems = packed.problems.map((problem) => ({ ...problem, path: asIndex(problem.path, path) }));
  return { ok: false, problems };
}

/** The caller knows the item as `x[0]`, not as `x.item_0`. */
function asIndex(at: string, path: string): string {
  const head = atKey(path, "item_");
  return at.startsWith(head) ? `${path}${at.slice(head.length).replace(/^\d+/, "[$&]")}` : at;
}

/** The array for what the SDK wrote for a tuple; anything else comes back as it is. */
export function joinTuple(json: Json, model: JsonSchema | undefined): Json {
  const keys = model && tupleKeys(model);
  if (!keys || !isObject(json)) return json;
  const isWhole = Object.keys(json).length === keys.length && keys.every((key) => Object.hasOwn(json, key));
  return isWhole ? keys.map((key) => json[key] ?? null) : json;
}
