import { readFileSync } from "node:fs";
import { fromBinary } from "@bufbuild/protobuf";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { inputsJsonSchema } from "./inputs-schema.ts";

interface Line {
  name: string;
  spec_b64: string;
  interface_json_schema: { required: string[] } | null;
}

const lines = readFileSync(new URL("../fixtures/tasks.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);

const schemas = new Map(
  lines.map(({ name, spec_b64 }) => {
    const spec = fromBinary(TaskSpecSchema, Buffer.from(spec_b64, "base64"));
    const variables = spec.taskTemplate?.interface?.inputs?.variables ?? [];
    return [name, inputsJsonSchema(variables, spec.defaultInputs)];
  }),
);

function valueAt(schema: unknown, pointer: string): unknown {
  const keys = pointer.split("/").slice(1);
  return keys.reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], schema);
}

describe("inputsJsonSchema", () => {
  it("gives defaults, descriptions and what is required", () => {
    expect(schemas.get("docs.google_doc")).toEqual({
      type: "object",
      properties: {
        count: { type: "integer", description: "How many things.\nContinued here." },
        name: { type: "string", default: "x", description: "The name, with unicode: äöü 漢字." },
        ratio: { type: ["number", "null"], format: "float", default: null, description: "May be absent." },
      },
      required: ["count"],
    });
  });

  it.each([
    ["types.t_optional_int", []],
    ["types.t_none", []],
    ["types.t_union_many", []],
    ["types.t_union_int_str", ["x"]],
    ["defaults.some_defaults", ["a", "b"]],
    ["types.no_inputs", []],
    ["tricky-names_1.reserved_words", ["args", "inputs", "kwargs", "name", "type"]],
  ])("requires of %s: %j", (name, required) => {
    expect(schemas.get(name)?.["required"]).toEqual(required);
  });

  it("requires what the SDK requires, but for what may be None", () => {
    const differing = lines.flatMap(({ name, interface_json_schema }) => {
      const ours = schemas.get(name)?.required ?? [];
      const more = (interface_json_schema?.required ?? []).filter((key) => !ours.includes(key));
      return more.length === 0 ? [] : [`${name}: ${more.join(", ")}`];
    });
    expect(differing).toEqual([
      "types.t_none: x",
      "types.t_optional_int: x",
      "types.t_optional_pipe: x",
      "types.t_optional_list: x",
      "types.t_optional_dataclass: x",
      "types.t_union_many: x",
      "types.t_optional_pickle: x",
      "ct_types: opt",
    ]);
  });

  it("leads references to the definitions of their own input", () => {
    const found = [...schemas.values()].flatMap((schema) => {
      const pointers = JSON.stringify(schema).match(/"#\/[^"]*"/g) ?? [];
      return pointers.map((pointer) => [pointer, valueAt(schema, JSON.parse(pointer) as string)]);
    });
    expect(found).toHaveLength(24);
    expect(found.filter(([, target]) => target === undefined)).toEqual([]);
  });

  it("keeps an input that is named __proto__", () => {
    const properties = JSON.stringify(schemas.get("tricky-names_1.reserved_words")?.["properties"]);
    expect(properties).toContain('"__proto__":{"type":"string","default":"p"}');
  });

  it("has a type or alternatives for every input of every task of the SDK", () => {
    expect(schemas.size).toBe(120);
    const properties = [...schemas.values()].flatMap((schema) => Object.values(schema["properties"] ?? {}));
    expect(properties).toHaveLength(262);
    expect(properties.filter((schema) => !("type" in schema || "oneOf" in schema))).toEqual([]);
  });
});
