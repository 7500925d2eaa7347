import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { AbortRunRequest } from "@flyte-mcp/idl/workflow/run_service";
import { run } from "./index.ts";

const URL_OF_RUN = "http://console.test/v2/domain/development/project/flytesnacks/runs/r1";

async function play(phase: ActionPhase) {
  const aborted: AbortRunRequest[] = [];
  const flyte = playFlyte((router) =>
    router.service(RunService, {
      getActionDetails: () => ({ details: { status: { phase } } }),
      listActions: () => ({
        actions: [ActionPhase.RUNNING, ActionPhase.QUEUED, ActionPhase.SUCCEEDED].map((phase) => ({
          status: { phase },
        })),
      }),
      abortRun(request) {
        aborted.push(request);
        return {};
      },
    }),
  );
  return { ...(await connectClient({ groups: [run], flyte })), aborted };
}

describe("abort_run", () => {
  it("aborts a run that is going on, with the reason", async () => {
    const { answer, aborted } = await play(ActionPhase.RUNNING);
    expect(await answer("abort_run", { name: "r1", reason: "wrong data" })).toEqual({
      url: URL_OF_RUN,
      name: "r1",
      aborted: true,
      live_actions: 2,
      phase: "aborted",
    });
    expect(aborted).toHaveLength(1);
    expect(aborted[0]).toMatchObject({ runId: { name: "r1", project: "flytesnacks" }, reason: "wrong data" });
  });

  it.each([
    ActionPhase.SUCCEEDED,
    ActionPhase.FAILED,
    ActionPhase.ABORTED,
    ActionPhase.TIMED_OUT,
    ActionPhase.RECOVERED,
  ])("sends nothing for a run in terminal phase %d, which Flyte would rewrite", async (phase) => {
    const { answer, aborted } = await play(phase);
    expect(await answer("abort_run", { name: "r1" })).toMatchObject({
      aborted: false,
      already_terminal: true,
    });
    expect(aborted).toEqual([]);
  });
});
