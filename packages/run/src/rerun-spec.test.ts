import { create } from "@bufbuild/protobuf";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import { RunSpecSchema } from "@flyte-mcp/idl/task/run";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import type { JsonObject } from "@bufbuild/protobuf";
import { createRerunSpec } from "./rerun-spec.ts";

const scope = { org: "", project: "flytesnacks", domain: "development" };

function envsOf(podSpec: JsonObject) {
  const k8sPod = { case: "k8sPod", value: { podSpec } } as const;
  const spec = create(TaskSpecSchema, { taskTemplate: { target: k8sPod } });
  const runSpec = create(RunSpecSchema, { envs: { values: [{ key: "_F_SYS_PATH", value: "./." }] } });
  const earlier = { name: "old", phase: ActionPhase.FAILED, spec, runSpec, inputs: create(InputsSchema) };
  return createRerunSpec(earlier, scope, { recover: false }, false).envs?.values;
}

it("leaves the module path out where a container of the pod has it", () => {
  const env = [{ name: "_F_SYS_PATH", value: "./." }];
  expect(envsOf({ containers: [{ name: "side" }, { name: "primary", env }] })).toBeUndefined();
});

it("keeps the module path where no container of the pod has it", () => {
  const kept = [{ key: "_F_SYS_PATH", value: "./." }];
  expect(envsOf({ containers: [{ name: "primary", env: [{ name: "OTHER" }] }] })).toMatchObject(kept);
  expect(envsOf({})).toMatchObject(kept);
});
