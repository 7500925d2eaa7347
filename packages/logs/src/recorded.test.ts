import { readFileSync } from "node:fs";
import type { JsonValue } from "@bufbuild/protobuf";
import { fromJson } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService, TailLogsResponseSchema } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { ActionDetailsSchema } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { logs } from "./index.ts";

interface Step {
  rpc: string;
  request: { actionId: { run: { name: string }; name: string }; attempt?: number };
  response?: { details: JsonValue };
  messages?: { message: JsonValue }[];
  end?: { end_of_stream: { error?: { message: string } } };
}

/** Steps of a recorded conversation with a real control plane that ran these tasks. */
const recording = new URL("../../sandbox/fixtures/executing-plane.jsonl", import.meta.url);
const steps = readFileSync(recording, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Step);

/** The last step of this RPC for a run's root, and for an attempt of it. */
function findStep(rpc: string, run: string | undefined, attempt?: number): Step | undefined {
  return steps
    .filter((step) => step.rpc.endsWith(`/${rpc}`))
    .filter(({ request: { actionId } }) => actionId.run.name === run && actionId.name === "a0")
    .findLast(({ request }) => request.attempt === attempt);
}

const flyte = playFlyte((router) =>
  router
    .service(RunService, {
      getActionDetails({ actionId }) {
        const step = findStep("GetActionDetails", actionId?.run?.name);
        const unrecorded = { status: { phase: ActionPhase.SUCCEEDED, attempts: 1 } };
        return {
          details: step?.response ? fromJson(ActionDetailsSchema, step.response.details) : unrecorded,
        };
      },
    })
    .service(DataProxyService, {
      async *tailLogs({ actionId, attempt }) {
        const step = findStep("TailLogs", actionId?.run?.name, attempt);
        for (const { message } of step?.messages ?? []) yield fromJson(TailLogsResponseSchema, message);
        const error = step?.end?.end_of_stream.error;
        if (error) throw new ConnectError(error.message, Code.NotFound);
      },
    }),
);

async function getLogs(args: Record<string, unknown>) {
  const { answer } = await connectClient({ groups: [logs], flyte });
  return answer("get_logs", args);
}

describe("get_logs, on what a real plane sent", () => {
  it("leaves out what the runtime says of itself, and shows it on request", async () => {
    expect(await getLogs({ run_name: "run-add" })).toEqual({
      run: "run-add",
      action: "a0",
      attempt: 1,
      phase: "succeeded",
      lines: [],
      platform_lines: 2,
      complete: true,
      message: "Only the platform itself printed something; include_system shows it.",
      pods: [{ name: "run-add-a0-0", containers: ["run-add-a0-0"] }],
      url: "http://console.test/v2/domain/development/project/flytesnacks/runs/run-add?i=a0",
    });
    const all = await getLogs({ run_name: "run-add", include_system: true, timestamps: true });
    expect(all["lines"]).toEqual([
      "2026-11-23T04:56:44.456Z [flyte] WARNING Flyte runtime started for action a0 with run name run-add",
      "2026-11-23T04:56:44.981Z [flyte] WARNING Flyte runtime completed for action a0 with run name run-add",
    ]);
  });

  it("shows a failure with its traceback, and the latest of three attempts", async () => {
    const failed = await getLogs({ run_name: "run-fail" });
    expect(failed["lines"]).toEqual(
      expect.arrayContaining(["Traceback (most recent call last):", "    raise ValueError(message)"]),
    );
    expect((failed["lines"] as string[])[0]).toBe(
      "[run-fail][a0] [flyte] ERROR Task failed with error: boom",
    );
    const flaky = await getLogs({ run_name: "run-flaky", grep: "runtimeerror: " });
    expect(flaky).toMatchObject({ attempt: 3, phase: "failed", lines: ["RuntimeError: flaky failed"] });
  });

  it("calls an attempt failed that another one followed, though the plane calls it running", async () => {
    const state = { attempt: 1, phase: "failed", lines: [], complete: true };
    expect(await getLogs({ run_name: "run-flaky", attempt: 1, wait_s: 40 })).toMatchObject(state);
  });

  it("cleans colours and gives the last lines", async () => {
    const answer = await getLogs({ run_name: "run-logs", max_lines: 2 });
    expect(answer).toMatchObject({ lines: ["line 38", "line 39"], earlier_lines: 38 });
    expect(await getLogs({ run_name: "run-logs", grep: "line 0" })).toMatchObject({ lines: ["line 0"] });
  });

  it("tells what else is known where the pod of an aborted run is gone", async () => {
    expect(await getLogs({ run_name: "run-slow" })).toMatchObject({
      phase: "aborted",
      lines: [],
      complete: false,
      message: "Flyte has no log of this attempt any more: its pod is gone.",
      abort_reason: "enough",
      events: [
        "2026-11-23T04:57:42.103Z task submitted to K8s",
        "2026-11-23T04:57:42.149Z Demistify Pending",
        "2026-11-23T04:57:47.653Z aborted",
      ],
      log_links: [
        {
          name: "Kubernetes Logs",
          uri: "http://localhost:30082/#!/log/flyte/run-slow-a0-0/pod?namespace=flyte",
        },
      ],
    });
  });
});
