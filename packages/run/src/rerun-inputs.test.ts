import { create } from "@bufbuild/protobuf";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { toLiteral } from "@flyte-mcp/literals";
import { chooseInputs, describeInputs } from "./rerun-inputs.ts";

const simple = (value: SimpleType) => create(LiteralTypeSchema, { type: { case: "simple", value } });
const INT = simple(SimpleType.INTEGER);
const STR = simple(SimpleType.STRING);

function literal(type: LiteralType, json: unknown) {
  const result = toLiteral(type, json, "x");
  if (!result.ok) throw new Error("no literal");
  return result.value;
}

/** The code of one version: its inputs, and the defaults of some. */
function version(inputs: Record<string, LiteralType>, defaults: Record<string, unknown> = {}) {
  const variables = Object.entries(inputs).map(([key, type]) => ({ key, value: { type } }));
  const defaultInputs = Object.entries(defaults).map(([name, json]) => {
    const type = inputs[name] ?? INT;
    return {
      name,
      parameter: { var: { type }, behavior: { case: "default", value: literal(type, json) } as const },
    };
  });
  return create(TaskSpecSchema, { taskTemplate: { interface: { inputs: { variables } } }, defaultInputs });
}

function earlier(json: Record<string, unknown>, spec = version({ a: INT, b: INT })) {
  const literals = Object.entries(json).map(([name, value]) => ({ name, value: literal(INT, value) }));
  return {
    name: "old",
    spec,
    runSpec: undefined,
    phase: ActionPhase.SUCCEEDED,
    inputs: create(InputsSchema, { literals }),
  };
}

describe("the inputs of a rerun", () => {
  it("get the defaults of a newer version, and lose what it no longer takes", () => {
    const newer = version({ a: INT, c: INT }, { c: 9 });
    expect(describeInputs(chooseInputs(earlier({ a: 1, b: 2 }), newer))).toEqual({ a: 1, c: 9 });
  });

  it("are refused when a newer version has another type or needs more, all at once", () => {
    const newer = version({ a: STR, b: INT, d: INT });
    expect(() => chooseInputs(earlier({ a: 1, b: 2 }), newer)).toThrow(
      /No run was created.*a: .*str.*; d: missing required input of type int/,
    );
    expect(describeInputs(chooseInputs(earlier({ a: 1, b: 2 }), newer, { a: "x", d: 4 }))).toEqual({
      a: "x",
      b: 2,
      d: 4,
    });
  });

  it("are refused when what was stored is lost, rather than launched without", () => {
    const same = version({ a: INT, b: INT });
    expect(() => chooseInputs(earlier({}), same)).toThrow(
      /a: missing required input.*; b: missing required input/,
    );
  });
});
