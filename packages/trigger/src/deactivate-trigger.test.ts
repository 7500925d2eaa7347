import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { createSandbox } from "@flyte-mcp/sandbox";
import { trigger } from "./index.ts";

/** A client of a sandbox of its own, and how often the sandbox was asked to switch a trigger. */
async function open(policy = {}) {
  const sandbox = createSandbox({ execute: false });
  const client = await connectClient({ groups: [trigger], flyte: playFlyte(sandbox.routes), policy });
  const updates = () =>
    sandbox.calls().filter(({ procedure }) => procedure.endsWith("/UpdateTriggers")).length;
  return { ...client, updates, sandbox };
}

const nightly = { task_name: "seed.add", trigger_name: "nightly" };
const rate = { task_name: "seed.add", trigger_name: "every-two-hours" };
const onDemand = { task_name: "seed.fan_out", trigger_name: "on-demand" };
const CONSOLE = "http://console.test/v2/domain/development/project/flytesnacks/triggers";

describe("deactivate_trigger", () => {
  it("pauses a trigger, and says what that means for runs", async () => {
    const { answer } = await open();
    expect(await answer("deactivate_trigger", nightly)).toEqual({
      task_name: "seed.add",
      name: "nightly",
      deactivated: true,
      active: false,
      changed: true,
      automation: "cron: 0 3 * * * (UTC)",
      revision: 2,
      message: "It starts no more runs; those under way go on.",
      url: `${CONSOLE}/seed.add/nightly`,
    });
  });

  it("looks first, and changes nothing of one that is paused", async () => {
    const { answer, updates } = await open();
    expect(await answer("deactivate_trigger", rate)).toMatchObject({
      deactivated: true,
      changed: false,
      message: "Nothing was changed: it was paused already.",
    });
    expect(updates()).toBe(0);
  });

  it("says that one without automation is started by people only", async () => {
    const { answer } = await open();
    expect(await answer("deactivate_trigger", onDemand)).toMatchObject({
      active: false,
      message: "It has no automation: only people start it, with run_trigger, active or not.",
    });
  });

  it("does not exist on a read-only server, and touches nothing that is off the list", async () => {
    const readOnly = await open({ readOnly: true });
    const { tools } = await readOnly.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["list_triggers", "get_trigger"]);
    const listed = await open({ triggers: ["on-demand"] });
    expect(await listed.failure("deactivate_trigger", nightly)).toContain("trigger allowlist");
    expect(listed.sandbox.calls()).toEqual([]);
  });

  it("is declared destructive and idempotent, its counterpart only idempotent", async () => {
    const { client } = await open();
    const { tools } = await client.listTools();
    const hints = tools.map(({ name, annotations }) => [
      name,
      annotations?.destructiveHint,
      annotations?.idempotentHint,
    ]);
    expect(hints).toEqual([
      ["list_triggers", false, true],
      ["get_trigger", false, true],
      ["run_trigger", false, false],
      ["activate_trigger", false, true],
      ["deactivate_trigger", true, true],
    ]);
  });
});
