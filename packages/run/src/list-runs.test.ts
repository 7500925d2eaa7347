import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { ListRunsRequest } from "@flyte-mcp/idl/workflow/run_service";
import { run } from "./index.ts";

const action = {
  id: { run: { project: "p", domain: "d", name: "r1" }, name: "a0" },
  metadata: { spec: { case: "task", value: { id: { name: "seed.add", version: "v1" } } } },
  status: { phase: ActionPhase.RUNNING, attempts: 1 },
} as const;

async function play() {
  const requests: ListRunsRequest[] = [];
  const flyte = playFlyte((router) =>
    router.service(RunService, {
      listRuns(request) {
        requests.push(request);
        return { runs: [{ action }], token: "1" };
      },
    }),
  );
  return { ...(await connectClient({ groups: [run], flyte })), requests };
}

describe("list_runs", () => {
  it("answers one small row a run", async () => {
    const { answer } = await play();
    expect(await answer("list_runs", { limit: 1 })).toEqual({
      runs: [
        {
          name: "r1",
          phase: "running",
          done: false,
          task: "seed.add",
          version: "v1",
          url: "http://console.test/v2/domain/d/project/p/runs/r1",
        },
      ],
      next_token: "1",
    });
  });

  it("asks for one task's runs by its name, which policy can see", async () => {
    const { answer, requests } = await play();
    await answer("list_runs", { limit: 1, task_name: "seed.add" });
    await answer("list_runs", { limit: 1 });
    expect(requests.map(({ scopeBy }) => scopeBy)).toMatchObject([
      { case: "taskName", value: { project: "flytesnacks", domain: "development", name: "seed.add" } },
      { case: "projectId", value: { name: "flytesnacks", domain: "development" } },
    ]);
  });

  it("filters by phase numbers, one by EQUAL and several by VALUE_IN", async () => {
    const { answer, requests } = await play();
    await answer("list_runs", { limit: 1, phase: ["failed"] });
    await answer("list_runs", { limit: 1, phase: ["failed", "aborted"] });
    const sent = requests.map(({ request }) =>
      request?.filters.map(({ function: fn, field, values }) => [fn, field, values]),
    );
    expect(sent).toEqual([
      [[Filter_Function.EQUAL, "phase", ["6"]]],
      [[Filter_Function.VALUE_IN, "phase", ["6", "7"]]],
    ]);
  });

  it("refuses a phase that does not exist, and lists those that do", async () => {
    const { failure, requests } = await play();
    const said = await failure("list_runs", { phase: ["done"] });
    expect(said).toContain("phase.0");
    expect(said).toContain("succeeded");
    expect(requests).toEqual([]);
  });
});
