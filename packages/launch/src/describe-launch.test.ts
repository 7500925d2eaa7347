import { create } from "@bufbuild/protobuf";
import { KeyValuePairSchema } from "@flyte-mcp/idl/core/literals";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import { describeLaunch } from "./describe-launch.ts";

it("shows only those environment values that the call gave itself, and leaves what is sent alone", () => {
  const token = create(KeyValuePairSchema, { key: "TOKEN", value: "canary" });
  const runSpec = { envs: { values: [token, { key: "MODE", value: "fast" }] } };
  const inputs = create(InputsSchema, {});
  expect(describeLaunch({ inputs, runSpec }, { MODE: "fast" }).run_spec).toEqual({
    envs: {
      values: [
        { key: "TOKEN", value: "***" },
        { key: "MODE", value: "fast" },
      ],
    },
  });
  expect(token.value).toBe("canary");
});
