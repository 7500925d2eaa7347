import { readFileSync, writeFileSync } from "node:fs";
import { create, fromJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { describeType } from "./describe-type.ts";
import { families, familyOf } from "./family-table.ts";
import { fromLiteral } from "./from-literal.ts";
import { scalarOf } from "./literal.ts";
import { toLiteral } from "./to-literal.ts";

const README = new URL("../README.md", import.meta.url);
const [begin, end] = ["<!-- generated: types -->", "<!-- end: types -->"];

const tagged = (tag: string, type: { [key: string]: JsonValue }) => ({ ...type, structure: { tag } });
const int = tagged("int", { simple: "INTEGER" });
const none = tagged("none", { simple: "NONE" });

function model(title: string, properties: { [key: string]: JsonValue }, required: string[]): JsonValue {
  return { simple: "STRUCT", metadata: { title, properties, required } };
}

const text = { type: "string" };
const point = model("Point", { x: { type: "integer" }, y: { type: "number", default: 0 } }, ["x"]);
const movie = model("TypedDictWrapper_Movie", { title: text }, ["title"]);
const pair = model("TupleWrapper_Tuple", { item_0: { type: "integer" }, item_1: text }, ["item_0", "item_1"]);
const pickle: JsonValue = {
  metadata: { python_class_name: "<class 'a.Custom'>" },
  unionType: {
    variants: [
      tagged("FlytePickle", { blob: { format: "PythonPickle" } }),
      tagged("FlytePickle", { simple: "BINARY" }),
    ],
  },
};

/** Types with JSON to give for them. */
const given: [JsonValue, ...unknown[]][] = [
  [{ simple: "NONE" }, null],
  [{ simple: "INTEGER" }, 3, "9223372036854775807"],
  [{ simple: "FLOAT" }, 0.5, 3, "NaN"],
  [{ simple: "STRING" }, "text"],
  [{ simple: "BOOLEAN" }, true],
  [{ simple: "DATETIME" }, "2024-02-29T12:30:45+01:00", "2024-02-29"],
  [tagged("date", { simple: "DATETIME" }), "2024-02-29"],
  [{ simple: "DURATION" }, 90, "1h30m", "PT1H30M", "01:30:00"],
  [{ enumType: { values: ["RED", "BLUE"] } }, "RED"],
  [{ collectionType: { simple: "INTEGER" } }, [1, 2]],
  [{ mapValueType: { simple: "INTEGER" } }, { a: 1 }],
  [{ unionType: { variants: [int, none] } }, 5, null],
  [
    { unionType: { variants: [int, tagged("str", { simple: "STRING" })] } },
    5,
    "5",
    { $type: "str", value: "5" },
  ],
  [point, { x: 1 }],
  [movie, { title: "Metropolis" }],
  [pair, [1, "a"]],
  [{ simple: "STRUCT" }, { a: [1, null] }],
  [{ simple: "STRUCT", metadata: { pb_type: "a.quota_pb2.Quota" } }, { cpus: 4 }],
  [{ blob: {} }, "s3://b/f.csv", { uri: "s3://b/f.csv", format: "csv", hash: "h" }],
  [{ blob: { dimensionality: "MULTIPART" } }, "s3://b/d"],
  [{ structuredDatasetType: {} }, "s3://b/df", { uri: "s3://b/df", format: "parquet" }],
  [{ simple: "BINARY" }, "AAH/"],
  [pickle, { uri: "s3://b/p" }],
];

/** Types that are only read, with literals of them. */
const readOnly: [JsonValue, JsonValue][] = [
  [pickle, { scalar: { binary: { value: "gAA=" } } }],
  [{ simple: "STRUCT" }, { scalar: { generic: { a: 1 } } }],
  [{ simple: "ERROR" }, { scalar: { error: { message: "boom", failedNodeId: "n0" } } }],
  [{ schema: {} }, { scalar: { schema: { uri: "s3://b/s" } } }],
  [
    { collectionType: { simple: "INTEGER" } },
    { offloadedMetadata: { uri: "s3://b/o", sizeBytes: "12345678" } },
  ],
];

/** Where in a literal the value stands. */
function wirePath(literal: Literal): string {
  const scalar = scalarOf(literal);
  if (!scalar) return String(literal.value.case);
  if (scalar.case === "primitive") return `primitive.${scalar.value.value.case}`;
  if (scalar.case === "union") return `union of ${wirePath(scalar.value.value ?? create(LiteralSchema))}`;
  return scalar.case === "binary" && scalar.value.tag !== ""
    ? `binary, ${scalar.value.tag}`
    : String(scalar.case);
}

const code = (json: unknown) => `\`${JSON.stringify(json).replaceAll("|", "\\|")}\``;
const list = (cells: string[]) => [...new Set(cells)].join("<br>");

function row(type: JsonValue, json: readonly unknown[], literals: readonly Literal[]): string {
  const literalType = fromJson(LiteralTypeSchema, type);
  const back = literals.map((literal) => {
    const result = fromLiteral(literal, literalType);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return code(result.value);
  });
  const family = familyOf(literalType).name;
  const name = describeType(literalType).replaceAll("|", "\\|");
  const cells = [name, family, list(json.map(code)) || "–", list(literals.map(wirePath)), list(back)];
  return `| ${cells.join(" | ")} |`;
}

function write(type: JsonValue, json: unknown): Literal {
  const result = toLiteral(fromJson(LiteralTypeSchema, type), json, "a");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

const table = [
  "| Python | family | JSON that is taken, for example | literal | comes back as |",
  "| --- | --- | --- | --- | --- |",
  ...given.map(([type, ...json]) =>
    row(
      type,
      json,
      json.map((each) => write(type, each)),
    ),
  ),
  ...readOnly.map(([type, literal]) => row(type, [], [fromJson(LiteralSchema, literal)])),
].join("\n");

function readBlock(document: string): string {
  return document.slice(document.indexOf(begin!) + begin!.length, document.indexOf(end!)).trim();
}

describe("the table of types in the README (UPDATE_DOCS=1 writes it)", () => {
  it("is current", () => {
    const document = readFileSync(README, "utf8");
    const [head, tail] = [document.split(begin!)[0], document.split(end!)[1]];
    if (process.env["UPDATE_DOCS"]) writeFileSync(README, `${head}${begin}\n\n${table}\n\n${end}${tail}`);
    expect(readBlock(readFileSync(README, "utf8"))).toBe(table);
  });

  it("shows every family", () => {
    const shown = [...given, ...readOnly].map(([type]) => familyOf(fromJson(LiteralTypeSchema, type)).name);
    // No type is declared as offloaded: any literal may be.
    const hidden = families.filter(({ name }) => !shown.includes(name)).map(({ name }) => name);
    expect(hidden).toEqual(["offloaded"]);
    expect(readOnly.some(([, literal]) => "offloadedMetadata" in (literal as object))).toBe(true);
  });
});
