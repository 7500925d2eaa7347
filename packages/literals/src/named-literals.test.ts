import { create, fromJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { VariableMapSchema } from "@flyte-mcp/idl/core/interface";
import { NamedLiteralSchema, OutputsSchema } from "@flyte-mcp/idl/task/common";
import { fromNamedLiterals } from "./named-literals.ts";

function outputs(...literals: JsonValue[]) {
  return fromJson(OutputsSchema, { literals }).literals;
}

describe("fromNamedLiterals", () => {
  it("reads what it can and reports the rest by name", () => {
    const literals = outputs(
      { name: "o0", value: { scalar: { primitive: { integer: "7" } } } },
      { name: "o1", value: { collection: { literals: [{}] } } },
      { name: "o2", value: { scalar: { primitive: { stringValue: "x" } } } },
    );
    expect(fromNamedLiterals([...literals, create(NamedLiteralSchema, { name: "o3" })])).toEqual({
      values: { o0: 7, o2: "x" },
      problems: [
        { path: "o1[0]", message: "the literal holds no value" },
        { path: "o3", message: "the literal holds no value" },
      ],
    });
  });

  it("uses the declared types", () => {
    const { variables } = fromJson(VariableMapSchema, {
      variables: [{ key: "o0", value: { type: { simple: "DATETIME", structure: { tag: "date" } } } }],
    });
    const literals = outputs({
      name: "o0",
      value: { scalar: { primitive: { datetime: "2024-01-01T00:00:00Z" } } },
    });
    expect(fromNamedLiterals(literals, variables)).toEqual({ values: { o0: "2024-01-01" }, problems: [] });
  });

  it("keeps names that objects inherit", () => {
    const five = { scalar: { primitive: { integer: "5" } } };
    const literals = outputs({ name: "__proto__", value: five }, { name: "constructor", value: five });
    expect(JSON.stringify(fromNamedLiterals(literals).values)).toBe('{"__proto__":5,"constructor":5}');
  });
});
