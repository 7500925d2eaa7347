import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { AbortActionRequest } from "@flyte-mcp/idl/workflow/run_service";
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
});
