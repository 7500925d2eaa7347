import { isObject } from "./json.ts";
import type { JsonSchema } from "./json.ts";
import { matchesPattern } from "./matches-pattern.ts";
import type { Problem } from "./result.ts";

type Check<T> = (value: T, limit: number) => string | undefined;

function plural(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun === "property" ? "properties" : `${noun}s`}`;
}

// A comparison with NaN is false, so these are written to refuse it.
const numberChecks: Readonly<Record<string, Check<number>>> = {
  minimum: (value, limit) => (value >= limit ? undefined : `must be at least ${limit}, got ${value}`),
  maximum: (value, limit) => (value <= limit ? undefined : `must be at most ${limit}, got ${value}`),
  exclusiveMinimum: (value, limit) =>
    value > limit ? undefined : `must be greater than ${limit}, got ${value}`,
  exclusiveMaximum: (value, limit) =>
    value < limit ? undefined : `must be less than ${limit}, got ${value}`,
  multipleOf: (value, limit) =>
    isMultiple(value, limit) ? undefined : `must be a multiple of ${limit}, got ${value}`,
};

/** Whether the quotient is whole, but for the error of the division itself. */
function isMultiple(value: number, limit: number): boolean {
  const quotient = value / limit;
  return Math.abs(quotient - Math.round(quotient)) <= Math.abs(quotient) * Number.EPSILON;
}

function sizeChecks(
  noun: string,
  [min, max]: readonly [string, string],
): Readonly<Record<string, Check<number>>> {
  return {
    [min]: (size, limit) =>
      size >= limit ? undefined : `must have at least ${plural(limit, noun)}, got ${size}`,
    [max]: (size, limit) =>
      size <= limit ? undefined : `must have at most ${plural(limit, noun)}, got ${size}`,
  };
}

const textChecks = sizeChecks("character", ["minLength", "maxLength"]);
const arrayChecks = sizeChecks("item", ["minItems", "maxItems"]);
const objectChecks = sizeChecks("property", ["minProperties", "maxProperties"]);

type Checks = Readonly<Record<string, Check<number>>>;

/** The measure is taken only where a bound needs it. */
function run(checks: Checks, schema: JsonSchema, measure: () => number): string[] {
  return Object.keys(schema).flatMap((keyword) => {
    const limit = schema[keyword];
    if (typeof limit !== "number" || !Object.hasOwn(checks, keyword)) return [];
    return checks[keyword]?.(measure(), limit) ?? [];
  });
}

function patternProblems({ pattern }: JsonSchema, text: string): string[] {
  if (typeof pattern !== "string") return [];
  return (matchesPattern(pattern, text) ?? true) ? [] : [`must match ${pattern}`];
}

function uniqueProblems({ uniqueItems }: JsonSchema, items: readonly unknown[]): string[] {
  if (uniqueItems !== true) return [];
  const texts = items.map((item) => JSON.stringify(item));
  return new Set(texts).size === texts.length ? [] : ["must not have the same item twice"];
}

function messages(schema: JsonSchema, json: unknown): string[] {
  if (typeof json === "number" || typeof json === "bigint") {
    return run(numberChecks, schema, () => Number(json));
  }
  if (typeof json === "string") {
    return [...run(textChecks, schema, () => [...json].length), ...patternProblems(schema, json)];
  }
  if (Array.isArray(json))
    return [...run(arrayChecks, schema, () => json.length), ...uniqueProblems(schema, json)];
  return isObject(json) ? run(objectChecks, schema, () => Object.keys(json).length) : [];
}

/** What of a schema's bounds, lengths and patterns a value breaks; its type is not looked at. */
export function constraintProblems(schema: JsonSchema, json: unknown, path: string): Problem[] {
  return messages(schema, json).map((message) => ({ path, message }));
}
