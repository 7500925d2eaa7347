import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { ToLiteral } from "../family.ts";
import { isObject, showJson } from "../json.ts";
import { variantsOf } from "../literal.ts";
import { propertiesOf } from "../model/resolve.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { distance } from "./distance.ts";
import { variantNames } from "./variant-names.ts";

interface Choice {
  variant: LiteralType;
  literal: Literal;
}

interface Candidate {
  variant: LiteralType;
  /** Its place among the variants. */
  place: number;
  far: number;
  absent: number;
}

/** How many properties of a model an object leaves to their defaults. */
function absentees({ metadata }: LiteralType, json: unknown): number {
  if (!metadata || !isObject(json)) return 0;
  return Object.keys(propertiesOf(metadata)).filter((key) => !Object.hasOwn(json, key)).length;
}

function candidatesOf(type: LiteralType, json: unknown): Candidate[] {
  return variantsOf(type)
    .map((variant, place) => ({
      variant,
      place,
      far: distance(variant, json),
      absent: absentees(variant, json),
    }))
    .filter(({ far }) => far < Infinity);
}

function explicit(names: readonly string[]): string {
  return `give { "$type": one of ${names.map((name) => JSON.stringify(name)).join(", ")}, "value": ... }`;
}

/** What stands in the way where no variant takes the value. */
function noFit(
  type: LiteralType,
  json: unknown,
  path: string,
  results: readonly (Candidate & { result: Result<Literal> })[],
): Result<never> {
  const [only, ...more] = results;
  if (only && more.length === 0 && !only.result.ok) return only.result;
  const names = variantNames(type);
  const reasons = results.slice(0, 4).flatMap(({ place, result }) => {
    const [problem] = result.ok ? [] : result.problems;
    return problem ? [`; for ${names[place]}, ${problem.path}: ${problem.message}`] : [];
  });
  return fail(path, `expected one of ${names.join(", ")}; got ${showJson(json)}${reasons.join("")}`);
}

/** The variant that JSON fits best; a value that fits two equally well is refused, as by Python. */
export function chooseVariant(
  type: LiteralType,
  json: unknown,
  path: string,
  inner: ToLiteral,
): Result<Choice> {
  const results = candidatesOf(type, json).map((candidate) => ({
    ...candidate,
    result: inner(candidate.variant, json, path),
  }));
  const fits = results
    .flatMap(({ result, ...candidate }) => (result.ok ? [{ ...candidate, literal: result.value }] : []))
    .sort((a, b) => a.far - b.far || a.absent - b.absent);
  const [best] = fits;
  if (!best) return noFit(type, json, path, results);
  const equals = fits.filter(({ far, absent }) => far === best.far && absent === best.absent);
  if (equals.length === 1) return ok({ variant: best.variant, literal: best.literal });
  const all = variantNames(type);
  const names = equals.map(({ place }) => all[place] ?? "");
  return fail(path, `fits ${names.join(" and ")} alike; ${explicit(names)}`);
}
