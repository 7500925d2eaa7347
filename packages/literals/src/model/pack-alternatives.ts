import { isObject, showJson } from "../json.ts";
import type { Json, JsonSchema } from "../json.ts";
import type { Msgpack } from "../msgpack/value.ts";
import { fail } from "../result.ts";
import type { Problem, Result } from "../result.ts";
import { describeSchema } from "./describe-schema.ts";
import type { Packing } from "./packing.ts";
import { referenceKey } from "./reference.ts";
import { allowedValues, alternativesOf, isSchema, propertiesOf, requiredOf, resolve } from "./resolve.ts";

/** How far JSON is from what a type is usually given as; Infinity where it cannot be meant. */
type Distance = (json: unknown, schema: JsonSchema) => number;

function isNumber(json: unknown): boolean {
  return typeof json === "number" || typeof json === "bigint";
}

const distances: Readonly<Record<string, Distance>> = {
  null: (json) => (json === null ? 0 : Infinity),
  boolean: (json) => (typeof json === "boolean" ? 0 : Infinity),
  integer: (json) => (isNumber(json) ? (Number.isInteger(Number(json)) ? 1 : 9) : looseText(json)),
  number: (json) => (isNumber(json) ? 2 : looseText(json)),
  string: (json, { format }) =>
    typeof json === "string"
      ? format === undefined
        ? 1
        : 2
      : isNumber(json) && format === "duration"
        ? 5
        : Infinity,
  array: (json) => (Array.isArray(json) ? 1 : Infinity),
  object: (json, schema) =>
    isObject(json) ? 1 : typeof json === "string" && referenceKey(schema) ? 3 : Infinity,
};

function looseText(json: unknown): number {
  return typeof json === "string" ? 8 : Infinity;
}

function distanceOf(schema: JsonSchema, json: unknown): number {
  if (allowedValues(schema)) return typeof json === "object" ? Infinity : 0;
  const type: Json | undefined =
    schema["type"] ?? (schema["properties"] === undefined ? undefined : "object");
  const distance = typeof type === "string" && Object.hasOwn(distances, type) ? distances[type] : undefined;
  return distance?.(json, schema) ?? 6;
}

function breaks(schema: JsonSchema, json: unknown): boolean {
  const values = allowedValues(schema);
  return values !== undefined && !values.some((value) => value === json);
}

/** How many keys of an object are missing, unknown or of another model, without a look inside them. */
function mismatches(schema: JsonSchema, json: unknown): number {
  if (!isObject(json)) return 0;
  const properties = propertiesOf(schema);
  const isOpen = schema["additionalProperties"] !== undefined && schema["additionalProperties"] !== false;
  const missing = requiredOf(schema).filter((key) => !Object.hasOwn(json, key));
  const wrong = Object.keys(json).filter((key) => {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    return property === undefined ? !isOpen : isSchema(property) && breaks(property, json[key]);
  });
  return missing.length + wrong.length;
}

function absentees(schema: JsonSchema, json: unknown): number {
  return isObject(json)
    ? Object.keys(propertiesOf(schema)).filter((key) => !Object.hasOwn(json, key)).length
    : 0;
}

interface Candidate {
  schema: JsonSchema;
  distance: number;
  wrong: number;
  absent: number;
}

/** The alternatives that JSON can be meant for, the likeliest first. */
function candidatesOf(schema: JsonSchema, json: unknown, root: JsonSchema): Candidate[] {
  return alternativesOf(schema)
    .map((each) => resolve(each, root))
    .map((each) => ({
      schema: each,
      distance: distanceOf(each, json),
      wrong: mismatches(each, json),
      absent: absentees(each, json),
    }))
    .filter(({ distance }) => distance < Infinity)
    .sort((a, b) => a.distance - b.distance || a.wrong - b.wrong || a.absent - b.absent);
}

/** Whether one candidate is so much likelier than the next that its own problems say most. */
function isPlain([first, second]: readonly Candidate[]): boolean {
  return (
    first !== undefined && (second === undefined || (isSame(first, second) && first.wrong < second.wrong))
  );
}

function isSame(first: Candidate, second: Candidate): boolean {
  return first.distance === second.distance;
}

/** Takes the nearest alternative that fits. The wire holds no mark of it: Python chooses again when it reads. */
export function packAlternatives(
  schema: JsonSchema,
  json: unknown,
  path: string,
  packing: Packing,
): Result<Msgpack> {
  const candidates = candidatesOf(schema, json, packing.root);
  const problems: Problem[][] = [];
  for (const [index, candidate] of candidates.entries()) {
    // A model that refers to itself in several alternatives would double the work at every level.
    if (index > 0) packing.retries.left -= 1;
    if (packing.retries.left < 0) break;
    const packed = packing.pack(candidate.schema, json, path, packing);
    if (packed.ok) return packed;
    problems.push(packed.problems);
  }
  const [first = []] = problems;
  if (isPlain(candidates) && first.length > 0) return { ok: false, problems: first };
  const because = problems.map(([problem]) => (problem ? `; ${problem.path}: ${problem.message}` : ""));
  const expected = describeSchema(schema, packing.root);
  return fail(path, `expected ${expected}, got ${showJson(json)}${because.slice(0, 4).join("")}`);
}
