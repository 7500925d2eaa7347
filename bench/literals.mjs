// Conversion of a nested input of 1 MB both ways and the schema of a task with 50 inputs, beside JSON.stringify and
// structuredClone of the same value in the same run: npm run build && node --expose-gc bench/literals.mjs [rounds]
import { create, fromBinary, fromJson, toBinary } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { VariableMapSchema } from "@flyte-mcp/idl/core/interface";
import { fromLiteral, inputsJsonSchema, toLiteral } from "@flyte-mcp/literals";

const rounds = Number(process.argv[2] ?? 20);
const column = { items: { type: "number" }, type: "array" };
const row = {
  title: "Row",
  properties: {
    id: { type: "integer" },
    name: { type: "string" },
    tags: { items: { type: "string" }, type: "array" },
    scores: { type: "object", additionalProperties: { type: "number" } },
    note: { anyOf: [{ type: "string" }, { type: "null" }], default: null },
    column,
  },
  required: ["id", "name", "tags", "scores", "column"],
  additionalProperties: false,
};
const types = {
  "list of dataclasses": { collectionType: { simple: "STRUCT", metadata: row } },
  "untyped dict": { simple: "STRUCT" },
  "dict of lists of floats": { mapValueType: { collectionType: { simple: "FLOAT" } } },
};
const rows = Array.from({ length: 5000 }, (_row, id) => ({
  id,
  name: `row number ${id} äöü`,
  tags: ["first", "second", "third"],
  scores: { a: id / 3, b: id / 7, c: id },
  note: id % 2 === 0 ? null : "a note that says little",
  column: [id, id + 0.5, id * 2, id / 9],
}));
const values = {
  "list of dataclasses": rows,
  "untyped dict": { rows },
  "dict of lists of floats": Object.fromEntries(
    Array.from({ length: 620 }, (_list, index) => [
      `key${index}`,
      Array.from({ length: 110 }, (_n, n) => (n * index) / 7),
    ]),
  ),
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

if (!globalThis.gc) throw new Error("node --expose-gc is needed to tell what a result keeps in memory");

function memory() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Median milliseconds of a call, after two that warm up, and the MB that its result keeps. */
function measure(call) {
  call();
  call();
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    call();
    return performance.now() - began;
  });
  const before = memory();
  const kept = call();
  return { ms: median(times), mb: (memory() - before) / 1e6, kept };
}

const must = (result) => {
  if (!result.ok) throw new Error(JSON.stringify(result.problems.slice(0, 3)));
  return result.value;
};

function report(name, { ms, mb }, stringify, clone) {
  const ratios = `${(ms / stringify.ms).toFixed(1)}x JSON.stringify, ${(ms / clone.ms).toFixed(1)}x structuredClone`;
  console.log(
    `  ${name.padEnd(34)} ${ms.toFixed(1).padStart(7)} ms ${mb.toFixed(1).padStart(6)} MB   ${ratios}`,
  );
}

for (const [name, json] of Object.entries(types)) {
  const value = values[name];
  const type = fromJson(LiteralTypeSchema, json);
  const stringify = measure(() => JSON.stringify(value));
  const clone = measure(() => structuredClone(value));
  const bytes = toBinary(LiteralSchema, must(toLiteral(type, value, "x")));
  console.log(
    `${name}: ${(JSON.stringify(value).length / 1e6).toFixed(2)} MB of JSON, ${(bytes.length / 1e6).toFixed(2)} MB on the wire`,
  );
  report("JSON.stringify", stringify, stringify, clone);
  report("structuredClone", clone, stringify, clone);
  report(
    "toLiteral",
    measure(() => must(toLiteral(type, value, "x"))),
    stringify,
    clone,
  );
  report(
    "toLiteral + toBinary",
    measure(() => toBinary(LiteralSchema, must(toLiteral(type, value, "x")))),
    stringify,
    clone,
  );
  report(
    "fromBinary + fromLiteral",
    measure(() => must(fromLiteral(fromBinary(LiteralSchema, bytes), type))),
    stringify,
    clone,
  );
}

const kinds = [
  { simple: "INTEGER" },
  { simple: "FLOAT" },
  ...Object.values(types),
  { simple: "STRUCT", metadata: row },
];
const variables = Array.from({ length: 50 }, (_variable, index) => ({
  key: `p${index}`,
  value: { type: kinds[index % kinds.length], description: `Input ${index}` },
}));
const declared = create(VariableMapSchema, fromJson(VariableMapSchema, { variables }));
const schema = inputsJsonSchema(declared.variables, []);
const stringify = measure(() => JSON.stringify(schema));
const clone = measure(() => structuredClone(schema));
console.log(`schema of 50 inputs: ${(JSON.stringify(schema).length / 1e3).toFixed(1)} kB`);
report("JSON.stringify", stringify, stringify, clone);
report("structuredClone", clone, stringify, clone);
report(
  "inputsJsonSchema",
  measure(() => inputsJsonSchema(declared.variables, [])),
  stringify,
  clone,
);
