import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { AbortActionRequest } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { action } from "./index.ts";

const row = (name: string, parent: string, phase: ActionPhase) => ({
  id: { name },
  metadata: { parent },
  status: { phase },
});

async function play(phase: ActionPhase) {
  const aborted: AbortActionRequest[] = [];
  const flyte = playFlyte((router) =>
    router.service(RunService, {
      getActionDetails: () => ({ details: { status: { phase } } }),
      listActions: () => ({
        actions: [
          row("a0", "", ActionPhase.RUNNING),
          row("c0", "a0", phase),
          row("c1", "a0", ActionPhase.RUNNING),
          row("d0", "c0", ActionPhase.RUNNING),
          row("d1", "c0", ActionPhase.SUCCEEDED),
        ],
      }),
      abortAction(request) {
        aborted.push(request);
        return {};
      },
    }),
  );
  return { ...(await connectClient({ groups: [action], flyte })), aborted };
}

describe("abort_action", () => {
  it("stops an action and tells how many live ones that hits", async () => {
    const { answer, aborted } = await play(ActionPhase.RUNNING);
    const args = { run_name: "r1", action_name: "c0", reason: "wrong data" };
    expect(await answer("abort_action", args)).toEqual({
      run: "r1",
      name: "c0",
      aborted: true,
      live_actions: 2,
      phase: "aborted",
    });
    expect(aborted).toMatchObject([
      { actionId: { name: "c0", run: { name: "r1", project: "flytesnacks" } }, reason: "wrong data" },
    ]);
  });

  it.each([ActionPhase.SUCCEEDED, ActionPhase.FAILED, ActionPhase.ABORTED, ActionPhase.TIMED_OUT])(
    "sends nothing in terminal phase %d, which Flyte would rewrite",
    async (phase) => {
      const { answer, aborted } = await play(phase);
      expect(await answer("abort_action", { run_name: "r1", action_name: "c0" })).toMatchObject({
        aborted: false,
        already_terminal: true,
      });
      expect(aborted).toEqual([]);
    },
  );

  it.each([
    [
      { run_name: "demo-fan-1", action_name: "c9" },
      /^Run "demo-fan-1" in .* has no such action\. It has .*c0/,
    ],
    [
      { run_name: "demo-fan-9", action_name: "c0" },
      /^There is no run "demo-fan-9" .* Did you mean "demo-fan-1"/,
    ],
    [{ run_name: "demo-fan-1" }, /action_name: is missing/],
    [{ run_name: "demo-fan-1", action_name: "c0", project: "nope" }, /^There is no project "nope"/],
  ])("sends nothing for what is not there: %j", async (args, sentence) => {
    const sandbox = createSandbox();
    const { failure } = await connectClient({ groups: [action], flyte: playFlyte(sandbox.routes) });
    expect(await failure("abort_action", args)).toMatch(sentence);
    expect(sandbox.calls()).not.toContainEqual(
      expect.objectContaining({ procedure: "flyteidl2.workflow.RunService/AbortAction" }),
    );
    await sandbox.close();
  });
});
