import { isDeepStrictEqual } from "node:util";
import { create, fromBinary, fromJson, toBinary } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import fc from "fast-check";
import { fromLiteral } from "./from-literal.ts";
import { toJsonSchema } from "./json-schema.ts";
import { formatTimestamp } from "./timestamp.ts";
import { toLiteral } from "./to-literal.ts";

type Type = { [key: string]: JsonValue };
type Values = fc.Arbitrary<unknown>;

/** A type or schema, values that it takes, in the form in which they come back, and values that it refuses. */
interface Kind {
  type: Type;
  good: Values;
  bad: Values;
}

const some = (...values: unknown[]): Values => fc.constantFrom(...values);
const text = fc.string({ unit: "grapheme", maxLength: 8 });
const key = fc.oneof(text, fc.constantFrom("__proto__", "constructor", "uri", "a"));
const noNullPrototype = true;

const integers = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
});
const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });
const instants = fc
  .tuple(fc.bigInt({ min: -62_135_596_800n, max: 253_402_300_799n }), fc.nat(999_999))
  .map(([seconds, micros]) => formatTimestamp(create(TimestampSchema, { seconds, nanos: micros * 1000 })));
const base64 = fc.uint8Array().map((value) => Buffer.from(value).toString("base64"));
const members = ["RED", "DEEP_BLUE", "__proto__", "toString"];
const uri = text.map((name) => `s3://bucket/${name}`);

const notANumber = ["x", true, null, [], {}];
const int = {
  good: fc.oneof(integers, fc.maxSafeInteger()),
  bad: some(...notANumber, 1.5, NaN, 2 ** 53, "1.0", String(2n ** 64n)),
};
const float = { good: fc.oneof(doubles, some("NaN", "Infinity", "-Infinity")), bad: some(...notANumber) };
const bool = { good: fc.boolean(), bad: some(0, "yes", null, []) };
const str = { good: text, bad: some(0, true, null, [], {}, "\ud800") };
const member = { good: some(...members), bad: some("red", 1, null, "constructor", {}) };
const bytes = { good: base64, bad: some("?", "A", 5, null, []) };
const datetime = { good: instants, bad: some("noon", "2023-02-29", 5, null, []) };
const duration = {
  good: fc.integer({ min: -1e12, max: 1e12 }).map((micros) => micros / 1e6),
  bad: some("soon", true, NaN, null, [], "P1Y"),
};
const badData = some("/tmp/x", 5, null, [], {}, { uri: "x" }, { uri: "s3://b/x", fromat: "" });

function record(model: Record<string, Values>, requiredKeys: string[] = Object.keys(model)): Values {
  return fc.record(model, { requiredKeys, noNullPrototype });
}

function blob(dimensionality: string): Kind {
  const good = record({ uri, format: text, dimensionality: some(dimensionality), hash: some("h") });
  return { type: { blob: { dimensionality }, structure: { tag: "File" } }, good, bad: badData };
}

function listOf({ good, bad }: Kind, type: Type): Kind {
  const lists = fc.array(good, { maxLength: 4 });
  const broken = fc.tuple(lists, bad).map(([list, item]) => [...list, item]);
  return { type, good: lists, bad: fc.oneof(some("x", 5, {}), broken) };
}

function mapOf({ good, bad }: Kind, type: Type): Kind {
  const maps = fc.dictionary(key, good, { maxKeys: 4, noNullPrototype });
  const broken = fc.tuple(maps, bad).map(([map, value]) => ({ ...map, zz: value }));
  return { type, good: maps, bad: fc.oneof(some("x", 5, []), broken) };
}

function orNull({ good, bad }: Kind, type: Type): Kind {
  return { type, good: fc.option(good), bad: bad.filter((value) => value !== null) };
}

type Property = [name: string, kind: Kind, isRequired: boolean];

function modelOf(entries: Property[]): Kind {
  const required = entries.filter(([, , isRequired]) => isRequired).map(([name]) => name);
  // Only what has no default may be left out and come back alike.
  const stated = entries.filter(([name, { type }]) => required.includes(name) || "default" in type);
  const good = record(
    Object.fromEntries(entries.map(([name, kind]) => [name, kind.good])),
    stated.map(([name]) => name),
  ) as fc.Arbitrary<object>;
  const broken = entries.map(([name, { bad }]) =>
    fc
      .tuple(good, bad)
      .map(([model, value]) => Object.fromEntries([...Object.entries(model), [name, value]])),
  );
  const lacking = required.map((name) =>
    good.map((model) => Object.fromEntries(Object.entries(model).filter(([each]) => each !== name))),
  );
  const stranger = good.map((model) => ({ ...model, "no such": 1 }));
  const properties = Object.fromEntries(entries.map(([name, { type }]) => [name, type]));
  return {
    type: { type: "object", title: "Model", properties, required, additionalProperties: false },
    good,
    bad: fc.oneof(some("x", 5, true, null, [], [{}]), stranger, ...broken, ...lacking),
  };
}

const schemas: Kind[] = [
  { type: { type: "integer" }, ...int },
  { type: { type: "number" }, ...float },
  { type: { type: "boolean" }, ...bool },
  { type: { type: "string" }, ...str },
  { type: { enum: members, type: "string" }, ...member },
  { type: { type: "string", format: "date-time" }, ...datetime },
  { type: { type: "number", format: "time-delta" }, ...duration },
  { type: { type: "string", format: "base64" }, ...bytes },
];

const { model } = fc.letrec<{ schema: Kind; model: Kind }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...schemas),
    tie("schema").map((kind) => listOf(kind, { type: "array", items: kind.type })),
    tie("schema").map((kind) => mapOf(kind, { type: "object", additionalProperties: kind.type })),
    tie("schema").map((kind) => orNull(kind, { anyOf: [kind.type, { type: "null" }], default: null })),
    tie("model"),
  ),
  model: fc
    .uniqueArray(fc.tuple(key, tie("schema"), fc.boolean()), { maxLength: 4, selector: ([name]) => name })
    .map(modelOf),
}));

/** Any JSON, but without whole numbers that have lost digits. */
const json = fc
  .jsonValue({ depthSize: "small" })
  .map((value): unknown =>
    JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
      Number.isInteger(each) && !Number.isSafeInteger(each) ? 0 : each,
    ),
  );

function tagged(tag: string, type: Type, values: Omit<Kind, "type">): Kind {
  return { type: { ...type, structure: { tag } }, ...values };
}

const floats = listOf(
  { type: {}, ...float },
  { collectionType: { simple: "FLOAT" }, structure: { tag: "Typed List" } },
);
const frame = { good: record({ uri, format: text }), bad: badData };
const dict = { good: fc.dictionary(key, json, { noNullPrototype }), bad: some("x", 5, true, null, []) };
const plainKinds: Kind[] = [
  tagged("int", { simple: "INTEGER" }, int),
  tagged("str", { simple: "STRING" }, str),
  tagged("float", { simple: "FLOAT" }, float),
  tagged("bool", { simple: "BOOLEAN" }, bool),
  tagged("datetime", { simple: "DATETIME" }, datetime),
  tagged("timedelta", { simple: "DURATION" }, duration),
  tagged("bytes", { simple: "BINARY" }, bytes),
  tagged("Typed Dict", { simple: "STRUCT" }, dict),
  tagged("DefaultEnumTransformer", { enumType: { values: members } }, member),
  tagged("DataFrame Transformer", { structuredDatasetType: {} }, frame),
  blob("SINGLE"),
  blob("MULTIPART"),
];

/** Of an integer, text and an array, in any order: what is none of these is refused. */
const unions: fc.Arbitrary<Kind> = fc
  .shuffledSubarray([...plainKinds.slice(0, 2), floats], { minLength: 3 })
  .map((variants) => ({
    type: { unionType: { variants: variants.map(({ type }) => type) } },
    good: fc.oneof(...variants.map(({ good }) => good)),
    bad: some(null, true, {}, 1.5, [[{}]]),
  }));

const none = { simple: "NONE", structure: { tag: "none" } };
const { kind: kinds } = fc.letrec<{ kind: Kind }>((tie) => ({
  kind: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...plainKinds),
    model.map(({ type, ...values }) => tagged("TypedDict", { simple: "STRUCT", metadata: type }, values)),
    tie("kind").map((kind) => listOf(kind, { collectionType: kind.type })),
    tie("kind").map((kind) => mapOf(kind, { mapValueType: kind.type })),
    tie("kind").map((kind) => orNull(kind, { unionType: { variants: [kind.type, none] } })),
    unions,
  ),
}));

// Printed, so that any run can be repeated.
const SEED = Number(process.env["FAST_CHECK_SEED"] ?? Date.now() % 2 ** 31);

function check(which: "good" | "bad", numRuns: number, holds: (type: Type, value: unknown) => boolean): void {
  const cases = kinds.chain((kind) => fc.tuple(fc.constant(kind.type), kind[which]));
  fc.assert(
    fc.property(cases, ([type, value]) => holds(type, value)),
    { numRuns, seed: SEED },
  );
}

describe("any type", () => {
  beforeAll(() => console.warn(`fast-check seed ${SEED}; FAST_CHECK_SEED repeats it`));

  it("gives back 5000 values that it takes, through their bytes", () => {
    check("good", 5000, (type, value) => {
      const literalType = fromJson(LiteralTypeSchema, type);
      const literal = toLiteral(literalType, value, "a");
      if (!literal.ok) throw new Error(JSON.stringify(literal.problems));
      const read = fromLiteral(
        fromBinary(LiteralSchema, toBinary(LiteralSchema, literal.value)),
        literalType,
      );
      return read.ok && isDeepStrictEqual(read.value, value);
    });
  });

  it("refuses 4000 values that it does not take, and says where", () => {
    check("bad", 4000, (type, value) => {
      const result = toLiteral(fromJson(LiteralTypeSchema, type), value, "a");
      return (
        !result.ok && result.problems.length > 0 && result.problems.every(({ path }) => path.startsWith("a"))
      );
    });
  });

  it("throws for none of 1000 values that need not even be JSON", () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true });
    fc.assert(
      fc.property(kinds, anything, ({ type }, value) => {
        const literalType = fromJson(LiteralTypeSchema, type);
        toJsonSchema(literalType);
        const result = toLiteral(literalType, value, "a");
        return !result.ok || fromLiteral(result.value, literalType).ok;
      }),
      { numRuns: 1000, seed: SEED },
    );
  });
});
