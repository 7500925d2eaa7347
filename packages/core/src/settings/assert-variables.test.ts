import { assertVariables } from "./assert-variables.ts";
import { policySettings } from "./definitions.ts";
import { flag, list } from "./setting-kinds.ts";

const shape = {
  ...policySettings,
  keyNames: list({ description: "Names.", prefix: "FLYTE_MCP_KEY_" }),
  keyArguments: flag({ description: "Open.", strict: true }),
};

it("refuses a variable near to one that limits the server", () => {
  expect(() => assertVariables(shape, { FLYTE_MCP_READONLY: "true" })).toThrow(
    "The variable FLYTE_MCP_READONLY is not known. Did you mean FLYTE_MCP_READ_ONLY?",
  );
});

it.each(["FLYTE_MCP_KEY_TOOLS", "FLYTE_MCP_KEY_ONLY", "FLYTE_MCP_KEY_DB", "FLYTE_MCP_KEY_TOKEN"])(
  "leaves %s alone, which holds what a setting is about",
  (name) => {
    expect(() => assertVariables(shape, { [name]: "x" })).not.toThrow();
  },
);

it("refuses a slip in a setting among such variables", () => {
  expect(() => assertVariables(shape, { FLYTE_MCP_KEY_ARGUMENT: "false" })).toThrow(
    "Did you mean FLYTE_MCP_KEY_ARGUMENTS?",
  );
});
