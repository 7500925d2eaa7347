import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { CatalogCacheStatus } from "@flyte-mcp/idl/core/catalog";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { run } from "./index.ts";

const task = { case: "task", value: { id: { name: "seed.fail", version: "v1" } } } as const;

describe("get_run", () => {
  it("describes a failed run with its error", async () => {
    const error = { message: "ValueError: boom", kind: ErrorInfo_Kind.USER, code: "ValueError" };
    const { answer } = await connectClient({
      groups: [run],
      flyte: playFlyte((router) =>
        router.service(RunService, {
          getActionDetails: () => ({
            details: {
              metadata: { spec: task, triggerName: "nightly" },
              status: {
                phase: ActionPhase.FAILED,
                startTime: { seconds: 1_763_873_153n, nanos: 995_587_000 },
                endTime: { seconds: 1_763_873_154n, nanos: 52_914_000 },
                durationMs: 57n,
                attempts: 2,
                cacheStatus: CatalogCacheStatus.CACHE_MISS,
              },
              result: { case: "errorInfo", value: error },
            },
          }),
        }),
      ),
    });
    expect(await answer("get_run", { name: "r1" })).toEqual({
      name: "r1",
      phase: "failed",
      done: true,
      task: "seed.fail",
      version: "v1",
      started_at: "2025-11-23T04:45:53.995Z",
      ended_at: "2025-11-23T04:45:54.052Z",
      duration_ms: 57,
      attempts: 2,
      cache_status: "cache_miss",
      trigger: "nightly",
      error: { message: "ValueError: boom", kind: "user", code: "ValueError" },
      url: "http://console.test/v2/domain/development/project/flytesnacks/runs/r1",
    });
  });

  it.each([
    [ActionPhase.RECOVERED, "recovered", true],
    [ActionPhase.TIMED_OUT, "timed_out", true],
    [ActionPhase.PAUSED, "paused", false],
    [42 as ActionPhase, "phase_42", false],
  ])("calls phase %d %s", async (phase, name, done) => {
    const { answer } = await connectClient({
      groups: [run],
      flyte: playFlyte((router) =>
        router.service(RunService, { getActionDetails: () => ({ details: { status: { phase } } }) }),
      ),
    });
    expect(await answer("get_run", { name: "r1" })).toMatchObject({ phase: name, done });
  });
});
