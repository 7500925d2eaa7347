import { readFileSync } from "node:fs";
import { fromBinary, fromJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import type { JsonSchema } from "./json.ts";
import { toJsonSchema } from "./json-schema.ts";

interface Line {
  name: string;
  spec_b64: string;
  interface_json_schema?: { properties: Record<string, JsonSchema> };
  output_json_schemas?: Record<string, JsonSchema>;
}

const allLines = readFileSync(new URL("../fixtures/tasks.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);
const lines = allLines.filter((line) => line.interface_json_schema);

const refusal = "Cannot be given as JSON.";
const pickled = 'Only Python can make such a value; { "uri": ... } refers to one that a run has stored.';

/** Without what differs on purpose: the word for a datetime, notes on what cannot be given, the order of `required`. */
function plain(schema: JsonSchema): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key === "format" && value === "datetime") return "date-time";
    if (key === "required" && Array.isArray(value)) return value.toSorted();
    if (key !== "description" || typeof value !== "string") return value;
    return value.replace(refusal, "").replace(pickled, "").trim() || undefined;
  });
}

function schemasOf(line: Line) {
  const spec = fromBinary(TaskSpecSchema, Buffer.from(line.spec_b64, "base64"));
  const { inputs, outputs } = spec.taskTemplate!.interface!;
  return [
    ...(inputs?.variables ?? []).map(
      ({ key, value }) => [value, line.interface_json_schema!.properties[key]] as const,
    ),
    ...(outputs?.variables ?? []).map(({ key, value }) => [value, line.output_json_schemas![key]] as const),
  ];
}

function schema(type: JsonValue, fallback?: JsonValue) {
  const literal = fallback === undefined ? undefined : fromJson(LiteralSchema, fallback);
  return toJsonSchema(fromJson(LiteralTypeSchema, type), literal);
}

const none = { simple: "NONE", structure: { tag: "none" } };

describe("toJsonSchema", () => {
  it("agrees with the SDK on every input and output", () => {
    expect(allLines).toHaveLength(120);
    // These are a task again, with its code bundled otherwise.
    expect(allLines.filter((line) => !lines.includes(line)).map(({ name }) => name)).toEqual([
      "types.sync_task#tgz",
      "types.sync_task#pkl",
      "types.sync_task#image_cache",
    ]);
    console.warn("tasks.jsonl: the schemas of 117 of 120 tasks agree; for 3 the SDK gives none");
    const schemas = lines.flatMap(schemasOf);
    expect(schemas).toHaveLength(383);
    expect(schemas.map(([variable]) => plain(toJsonSchema(variable!.type!)))).toEqual(
      schemas.map(([, expected]) => plain(expected!)),
    );
  });

  it.each<[JsonValue, JsonSchema]>([
    [{ simple: "NONE" }, { type: "null" }],
    [{ simple: "INTEGER" }, { type: "integer" }],
    [{ simple: "FLOAT" }, { type: "number", format: "float" }],
    [{ simple: "STRING" }, { type: "string" }],
    [{ simple: "BOOLEAN" }, { type: "boolean" }],
    [{ simple: "DATETIME" }, { type: "string", format: "date-time" }],
    [
      { simple: "DATETIME", structure: { tag: "date" } },
      { type: "string", format: "date" },
    ],
    [{ simple: "DURATION" }, { type: "string", format: "duration" }],
    [{ collectionType: { simple: "STRING" } }, { type: "array", items: { type: "string" } }],
    [{ mapValueType: { simple: "INTEGER" } }, { type: "object", additionalProperties: { type: "integer" } }],
    [{ unionType: { variants: [{ simple: "INTEGER" }, none] } }, { type: "integer" }],
    [{}, { type: "object", description: refusal }],
    [{ simple: "ERROR" }, { type: "object", format: "error", description: refusal }],
    [
      { simple: "INTEGER", metadata: { minimum: 1, description: "How many" } },
      { type: "integer", minimum: 1, description: "How many" },
    ],
    [
      { enumType: { values: ["A"] }, metadata: { description: "Which" } },
      { type: "string", enum: ["A"], description: "Which" },
    ],
    [
      {
        simple: "STRUCT",
        metadata: { title: "P", properties: { x: { type: "integer" }, y: { default: 1 } } },
      },
      {
        type: "object",
        dataclass: "P",
        properties: { x: { type: "integer" }, y: { default: 1 } },
        required: ["x"],
      },
    ],
  ])("turns %j into %j", (type, expected) => {
    expect(schema(type)).toEqual(expected);
  });

  it("shows a default as it would be given", () => {
    const five = { scalar: { primitive: { integer: "5" } } };
    expect(schema({ simple: "INTEGER" }, five)).toEqual({ type: "integer", default: 5 });
    expect(schema({ simple: "FLOAT" }, five)).toEqual({ type: "number", format: "float", default: 5 });
  });

  it("widens the type to what its default needs", () => {
    const big = { scalar: { primitive: { integer: "9223372036854775807" } } };
    expect(schema({ simple: "INTEGER" }, big)).toEqual({
      type: ["integer", "string"],
      default: "9223372036854775807",
    });
    expect(schema({ simple: "DURATION" }, { scalar: { primitive: { duration: "5400s" } } })).toEqual({
      type: ["string", "number"],
      format: "duration",
      default: 5400,
    });
    const optional = { unionType: { variants: [{ simple: "STRING" }, none] } };
    expect(schema(optional, { scalar: { noneType: {} } })).toEqual({
      type: ["string", "null"],
      default: null,
    });
  });

  it("leaves out a default that cannot be shown", () => {
    const pickle = { scalar: { binary: { value: "gAA=" } } };
    const variants: JsonValue[] = [
      { blob: { format: "PythonPickle" }, structure: { tag: "FlytePickle" } },
      { simple: "BINARY", structure: { tag: "FlytePickle" } },
    ];
    const listOfPickles = { collectionType: { unionType: { variants } } };
    expect(schema(listOfPickles, { collection: { literals: [pickle] } })).not.toHaveProperty("default");
    expect(schema({ simple: "ERROR" }, { scalar: {} })).not.toHaveProperty("default");
    expect(schema({ simple: "INTEGER" }, {})).toEqual({ type: "integer" });
  });
});
