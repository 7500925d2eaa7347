import { create } from "@bufbuild/protobuf";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { toLiteral } from "@flyte-mcp/literals";
import { describeLaunch } from "./describe-launch.ts";
import { overlayInputs } from "./overlay-inputs.ts";
import type { KeptInputs } from "./overlay-inputs.ts";

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

function kept(json: Record<string, unknown>, spec = version({ a: INT, b: INT })): KeptInputs {
  const literals = Object.entries(json).map(([name, value]) => ({ name, value: literal(INT, value) }));
  return { owner: "the earlier run", spec, inputs: create(InputsSchema, { literals }) };
}

const shown = (inputs: ReturnType<typeof overlayInputs>) =>
  describeLaunch({ inputs, runSpec: undefined }).inputs;

describe("kept inputs", () => {
  it("get the defaults of a newer version, and lose what it no longer takes", () => {
    const newer = version({ a: INT, c: INT }, { c: 9 });
    expect(shown(overlayInputs(kept({ a: 1, b: 2 }), newer))).toEqual({ a: 1, c: 9 });
  });

  it("are refused when a newer version has another type or needs more, all at once", () => {
    const newer = version({ a: STR, b: INT, d: INT });
    expect(() => overlayInputs(kept({ a: 1, b: 2 }), newer)).toThrow(
      /No run was created.*a: .*str.*; d: missing required input of type int/,
    );
    expect(shown(overlayInputs(kept({ a: 1, b: 2 }), newer, { a: "x", d: 4 }))).toEqual({
      a: "x",
      b: 2,
      d: 4,
    });
  });

  it("are refused when what was stored is lost, rather than launched without", () => {
    const same = version({ a: INT, b: INT });
    expect(() => overlayInputs(kept({}), same)).toThrow(
      /a: missing required input.*; b: missing required input/,
    );
  });

  it("that nobody can read are passed on whole, and never mixed with defaults", () => {
    const spec = version({ a: INT, b: INT }, { b: 2 });
    const stored = { uri: "s3://inputs", inputsHash: "h" };
    const lost = { owner: "the trigger", spec, inputs: { reason: "They lie in the store.", stored } };
    expect(overlayInputs(lost, spec)).toEqual({ stored });
    expect(() => overlayInputs(lost, spec, { a: 1 })).toThrow(
      "b: missing required input of type int. The inputs of the trigger cannot be read: They lie in the store.",
    );
    expect(shown(overlayInputs(lost, spec, { a: 1, b: 3 }))).toEqual({ a: 1, b: 3 });
  });

  it("leave out what Flyte fills in, unless it is given", () => {
    const timed = { ...kept({ a: 1 }), filledLater: "b" };
    expect(shown(overlayInputs(timed, timed.spec))).toEqual({ a: 1 });
    expect(shown(overlayInputs(timed, timed.spec, { b: 5 }))).toEqual({ a: 1, b: 5 });
  });
});
