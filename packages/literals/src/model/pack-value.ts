import { constraintProblems } from "../constraints.ts";
import { parseFloat64 } from "../float.ts";
import { int64OrUint64, parseInteger } from "../integer.ts";
import { showJson } from "../json.ts";
import type { JsonSchema } from "../json.ts";
import { maxDepth } from "../limits.ts";
import type { Msgpack } from "../msgpack/value.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { packAlternatives } from "./pack-alternatives.ts";
import { packArray } from "./pack-array.ts";
import { packEnum } from "./pack-enum.ts";
import { packObject } from "./pack-object.ts";
import { packString, packTimeDelta } from "./pack-string.ts";
import { packUntyped } from "./pack-untyped.ts";
import type { Pack, Packing } from "./packing.ts";
import { allowedValues, alternativesOf, resolve } from "./resolve.ts";

const packers: Readonly<Record<string, Pack>> = {
  object: packObject,
  array: packArray,
  string: packString,
  integer: (_schema, json, path) => parseInteger(json, path, int64OrUint64),
  // A float stays one on the wire even when it is whole.
  number: (schema, json, path) =>
    schema["format"] === "time-delta" ? packTimeDelta(json, path) : parseFloat64(json, path),
  boolean: (_schema, json, path) =>
    typeof json === "boolean" ? ok(json) : fail(path, `expected true or false, got ${showJson(json)}`),
  null: (_schema, json, path) =>
    json === null ? ok(null) : fail(path, `expected null, got ${showJson(json)}`),
};

function packerOf(schema: JsonSchema): Pack {
  if (allowedValues(schema)) return packEnum;
  if (alternativesOf(schema).length > 0) return packAlternatives;
  const { type } = schema;
  if (typeof type === "string" && Object.hasOwn(packers, type)) return packers[type] ?? packUntyped;
  if (schema["properties"] !== undefined) return packObject;
  return schema["items"] !== undefined || schema["prefixItems"] !== undefined ? packArray : packUntyped;
}

/** Numbers may come as text, and bounds are meant for the number. */
function measured(schema: JsonSchema, json: unknown): unknown {
  const isNumeric = schema["type"] === "integer" || schema["type"] === "number";
  return isNumeric && typeof json === "string" ? Number(json) : json;
}

function pack(schema: JsonSchema, json: unknown, path: string, packing: Packing): Result<Msgpack> {
  if (packing.depth > maxDepth) return fail(path, `nested more than ${maxDepth} levels deep`);
  const resolved = resolve(schema, packing.root);
  const packed = packerOf(resolved)(resolved, json, path, { ...packing, depth: packing.depth + 1 });
  // The bounds of an enum or of alternatives are those of the one that fits.
  if (!packed.ok || resolved["format"] === "time-delta") return packed;
  const problems = constraintProblems(resolved, measured(resolved, json), path);
  return problems.length === 0 ? packed : { ok: false, problems };
}

/** Packs JSON as the model of a JSON Schema has it: a dataclass, a pydantic model or one of their kin. */
export function packModel(root: JsonSchema, json: unknown, path: string): Result<Msgpack> {
  return pack(root, json, path, { root, depth: 0, retries: { left: 10_000 }, pack });
}

/** Packs JSON that no schema describes. */
export function packAny(json: unknown, path: string): Result<Msgpack> {
  return packUntyped({}, json, path, { root: {}, depth: 0, retries: { left: 0 }, pack });
}
