import { isObject, showJson } from "../json.ts";
import type { JsonSchema } from "../json.ts";
import type { Msgpack } from "../msgpack/value.ts";
import { atKey, collect, fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { listNames, suggestion } from "../suggestion.ts";
import { describeSchema } from "./describe-schema.ts";
import { keyed } from "./pack-untyped.ts";
import type { Packing } from "./packing.ts";
import { referenceKey, referenceProperties } from "./reference.ts";
import { isSchema, propertiesOf, requiredOf } from "./resolve.ts";

type Entries = Result<[string, Msgpack]>[];

/** The default that stands in a schema; one that its own schema does not take is left to Python. */
function packDefault(schema: JsonSchema, key: string, packing: Packing): Entries {
  if (!("default" in schema)) return [];
  const packed = packing.pack(schema, schema["default"], key, packing);
  return packed.ok ? [ok([key, packed.value])] : [];
}

function packProperty(
  key: string,
  schema: JsonSchema,
  given: Record<string, unknown>,
  path: string,
  packing: Packing,
  isRequired: boolean,
): Entries {
  const at = atKey(path, key);
  if (Object.hasOwn(given, key) && given[key] !== undefined) {
    return [keyed(key, packing.pack(schema, given[key], at, packing), at)];
  }
  if (!isRequired) return packDefault(schema, key, packing);
  return [fail(at, `missing required property of type ${describeSchema(schema, packing.root)}`)];
}

/** What may stand beside the named properties; undefined when nothing may. */
function othersOf(schema: JsonSchema, known: readonly string[]): JsonSchema | undefined {
  const others = schema["additionalProperties"];
  if (isSchema(others)) return others;
  // Python drops what a model does not know without a word, so it is refused here.
  const isOpen = others === true || (others === undefined && known.length === 0 && !("properties" in schema));
  return isOpen ? {} : undefined;
}

function packOthers(
  schema: JsonSchema,
  given: Record<string, unknown>,
  path: string,
  packing: Packing,
): Entries {
  const known = Object.keys(propertiesOf(schema));
  const others = othersOf(schema, known);
  return Object.keys(given)
    .filter((key) => !known.includes(key) && given[key] !== undefined)
    .map((key, index) => {
      const at = atKey(path, key);
      if (others) return keyed(key, packing.pack(others, given[key], at, packing), at);
      const list = known.length === 0 ? "there are none" : `there are ${listNames(known)}`;
      // The list is the same for all, so the first one says it.
      return fail(at, `unknown property${suggestion(key, known)}${index === 0 ? ` (${list})` : ""}`);
    });
}

/** Required properties go first, in the order of their declaration: no other order reaches the wire. */
export function packObject(
  schema: JsonSchema,
  json: unknown,
  path: string,
  packing: Packing,
): Result<Msgpack> {
  const reference = referenceKey(schema);
  const spelled = reference ? referenceProperties(reference, schema, json, path) : ok(json);
  if (!spelled.ok) return spelled;
  const given = spelled.value;
  if (!isObject(given)) return fail(path, `expected an object, got ${showJson(json)}`);
  const properties = propertiesOf(schema);
  const required = requiredOf(schema);
  const keys = [...new Set([...required, ...Object.keys(properties)])];
  const entries = keys.flatMap((key) => {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const isRequired = required.includes(key);
    return packProperty(key, isSchema(property) ? property : {}, given, path, packing, isRequired);
  });
  const packed = collect([...entries, ...packOthers(schema, given, path, packing)]);
  return packed.ok ? ok(new Map(packed.value)) : packed;
}
