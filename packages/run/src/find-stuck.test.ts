import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { run } from "./index.ts";

const { RUNNING, INITIALIZING, QUEUED, SUCCEEDED } = ActionPhase;
const task = (name: string) => ({ case: "task", value: { id: { name }, taskType: "python" } }) as const;
const row = (name: string, parent: string, phase: ActionPhase) => ({
  id: { name },
  metadata: { parent, spec: task(`etl.${name}`) },
  status: { phase },
});

/** A run with these children, whose child `c1` is told these events. */
async function diagnose(children: ReturnType<typeof row>[], events: string[]) {
  const rows = [row("a0", "", RUNNING), ...children];
  const attempts = [{ attempt: 1, clusterEvents: events.map((message) => ({ message })) }];
  const flyte = playFlyte((router) =>
    router.service(RunService, {
      getActionDetails: ({ actionId }) => {
        const found = rows.find(({ id }) => id.name === actionId?.name)!;
        return { details: { ...found, attempts: found.id.name === "c1" ? attempts : [] } };
      },
      listActions: ({ request }) => ({ actions: request?.filters.length ? [] : rows }),
    }),
  );
  const { answer } = await connectClient({ groups: [run], flyte });
  return answer("diagnose_run", { name: "r1" });
}

describe("diagnose_run of a run that goes on", () => {
  it("finds the child whose pod does not come, and what helps", async () => {
    const children = [row("c0", "a0", SUCCEEDED), row("c1", "a0", INITIALIZING), row("c2", "a0", QUEUED)];
    const pull = 'Back-off pulling image "x:1"';
    expect(await diagnose(children, ["Scheduled", pull])).toMatchObject({
      phase: "running",
      verdict: "not_ended",
      summary: `The run has not ended; action c1 (etl.c1) is initializing; the cluster's last word on it: ${pull}.`,
      advice: expect.stringContaining("Its image cannot be pulled"),
      cause: { action: "c1", events: [{ message: "Scheduled" }, { message: pull }] },
    });
  });

  it("stays with the run where all that is live runs", async () => {
    expect(await diagnose([row("c1", "a0", RUNNING)], ["Started"])).toMatchObject({
      summary: "The run has not ended.",
      advice: "wait_for_run follows it, get_logs shows what it prints.",
      cause: { action: "a0" },
    });
  });
});
