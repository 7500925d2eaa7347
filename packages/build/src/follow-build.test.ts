import { createClient } from "@connectrpc/connect";
import { playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { followBuild } from "./follow-build.ts";

const scope = { org: "", project: "flytesnacks", domain: "development" };
const primitive = { value: { case: "stringValue", value: "registry.example/img:1" } } as const;
const scalar = { value: { case: "primitive", value: primitive } } as const;
const outputs = { literals: [{ name: "o0", value: { value: { case: "scalar", value: scalar } as const } }] };

/** What is told of a build whose run is in a phase, after so many milliseconds. */
async function follow(phase: ActionPhase, waitMs: number) {
  const { transport } = playFlyte((router) =>
    router
      .service(RunService, { getActionDetails: () => ({ details: { status: { phase } } }) })
      .service(DataProxyService, { getActionData: () => ({ outputs }) }),
  );
  const flyte: Parameters<typeof followBuild>[0]["flyte"] = (service) => createClient(service, transport);
  const context = { flyte, signal: new AbortController().signal, progress: () => undefined };
  return followBuild(context, scope, "r1", waitMs);
}

it("takes a build that was recovered for one that succeeded", async () => {
  const answer = { phase: "recovered", image_uri: "registry.example/img:1" };
  expect(await follow(ActionPhase.RECOVERED, 1_000)).toEqual(answer);
});

it("says how to go on when a build takes longer than a call may", async () => {
  expect(await follow(ActionPhase.RUNNING, 50)).toEqual({
    phase: "running",
    timed_out: true,
    message: "The build is still running. Call this again, or wait_for_run with r1.",
  });
});

it("tells of a build that failed on a plane without logs and errors", async () => {
  const message = "The image was not built. log has its last lines; get_logs reads more of them.";
  expect(await follow(ActionPhase.ABORTED, 1_000)).toEqual({ phase: "aborted", log: [], message });
});
