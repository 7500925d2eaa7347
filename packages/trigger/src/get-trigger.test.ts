import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { TriggerAutomationSpecType as Type } from "@flyte-mcp/idl/task/common";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { trigger } from "./index.ts";

const sandbox = createSandbox({ execute: false });
afterAll(() => sandbox.close());
const open = (policy = {}) => connectClient({ groups: [trigger], flyte: playFlyte(sandbox.routes), policy });

describe("get_trigger", () => {
  it("describes a trigger with what it launches", async () => {
    const { answer } = await open();
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    expect(await answer("get_trigger", { task_name: "seed.add", trigger_name: "nightly" })).toEqual({
      name: "nightly",
      task_name: "seed.add",
      project: "flytesnacks",
      domain: "development",
      active: true,
      automation: "cron: 0 3 * * * (UTC)",
      description: "Adds every night.",
      revision: 1,
      task_version: "v2",
      last_triggered_at: at,
      deployed_at: at,
      updated_at: at,
      inputs: { a: 40, b: 2 },
      url: "http://console.test/v2/domain/development/project/flytesnacks/triggers/seed.add/nightly",
    });
  });

  it("says where inputs lie that the trigger does not keep", async () => {
    const { answer } = await open();
    const args = { task_name: "seed.add", trigger_name: "every-two-hours" };
    const described = await answer("get_trigger", args);
    expect(described["inputs_stored_at"]).toMatch(/^s3:\/\/flyte-data\/uploads\/.*\/offloaded-inputs\//);
    expect(described).not.toHaveProperty("inputs");
  });

  it("shows what an artifact must match and gives", async () => {
    const value = {
      artifactName: "model",
      partitions: { region: "us" },
      partitionInputArgs: { start: "date" },
    };
    const automationSpec = { type: Type.TYPE_ARTIFACT, automation: { case: "artifact", value } } as const;
    const getTriggerDetails = () => ({ trigger: { spec: {}, automationSpec } });
    const flyte = playFlyte(({ service }) => service(TriggerService, { getTriggerDetails }));
    const { answer } = await connectClient({ groups: [trigger], flyte });
    expect(await answer("get_trigger", { task_name: "t", trigger_name: "on-model" })).toMatchObject({
      automation: "on artifact: model",
      partitions: { region: "us" },
      partition_input_args: { start: "date" },
    });
  });

  it("names near triggers for one that is not there, without what only Flyte understands", async () => {
    const { failure } = await open();
    expect(await failure("get_trigger", { task_name: "seed.add", trigger_name: "nigthly" })).toBe(
      'There is no trigger "nigthly" of task "seed.add" in flytesnacks/development. Did you mean "nightly"? ' +
        "Call list_triggers to see what exists. [not_found]",
    );
    const args = { task_name: "seed.add", trigger_name: "nightly", domain: "staging" };
    expect(await failure("get_trigger", args)).toContain('There is no trigger "nightly"');
  });

  it("asks nothing of Flyte when the trigger or its task is on no list", async () => {
    const args = { task_name: "seed.add", trigger_name: "nightly" };
    const before = sandbox.calls().length;
    const byTrigger = await open({ triggers: ["on-demand"] });
    expect(await byTrigger.failure("get_trigger", args)).toContain(
      "is not on this server's trigger allowlist",
    );
    const byTask = await open({ tasks: ["seed.fan_out"] });
    expect(await byTask.failure("get_trigger", args)).toContain("is not on this server's task allowlist");
    expect(sandbox.calls()).toHaveLength(before);
  });
});
