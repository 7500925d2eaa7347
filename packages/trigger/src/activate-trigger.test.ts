import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { trigger } from "./index.ts";

/** A client of a sandbox of its own, and how often the sandbox was asked to switch a trigger. */
async function open() {
  const sandbox = createSandbox({ execute: false });
  const client = await connectClient({ groups: [trigger], flyte: playFlyte(sandbox.routes) });
  const updates = () =>
    sandbox.calls().filter(({ procedure }) => procedure.endsWith("/UpdateTriggers")).length;
  return { ...client, updates };
}

const nightly = { task_name: "seed.add", trigger_name: "nightly" };
const rate = { task_name: "seed.add", trigger_name: "every-two-hours" };
const CONSOLE = "http://console.test/v2/domain/development/project/flytesnacks/triggers";

describe("activate_trigger", () => {
  it("switches a paused trigger on and tells its state as read afterwards", async () => {
    const { answer } = await open();
    expect(await answer("activate_trigger", rate)).toEqual({
      task_name: "seed.add",
      name: "every-two-hours",
      activated: true,
      active: true,
      changed: true,
      automation: "every 2 hours starting at now",
      revision: 2,
      url: `${CONSOLE}/seed.add/every-two-hours`,
    });
    expect(await answer("get_trigger", rate)).toMatchObject({ active: true, revision: 2 });
  });

  it("changes nothing of one that is active already", async () => {
    const { answer, updates } = await open();
    expect(await answer("activate_trigger", nightly)).toMatchObject({
      activated: true,
      revision: 1,
      changed: false,
      message: "Nothing was changed: it was active already.",
    });
    expect(updates()).toBe(0);
  });

  it("reports a trigger that does not exist as missing, not as activated", async () => {
    const { failure, updates } = await open();
    expect(await failure("activate_trigger", { ...rate, trigger_name: "every-two-hour" })).toContain(
      'There is no trigger "every-two-hour" of task "seed.add" in flytesnacks/development. Did you mean "every-two-hours"?',
    );
    expect(await failure("activate_trigger", { ...nightly, task_name: "seed.fan_out" })).toContain(
      'There is one of that name of task "seed.add".',
    );
    expect(updates()).toBe(0);
  });

  it("does not believe an answer that the state contradicts", async () => {
    const flyte = playFlyte(({ service }) =>
      service(TriggerService, {
        getTriggerDetails: () => ({ trigger: { spec: { active: false } } }),
        updateTriggers: () => ({}),
      }),
    );
    const { failure } = await connectClient({ groups: [trigger], flyte });
    expect(await failure("activate_trigger", nightly)).toBe(
      'Flyte took the request, but trigger "nightly" is still paused. ' +
        "Somebody else may have switched it at the same time; look with get_trigger. It may work when tried again. [aborted]",
    );
  });
});
