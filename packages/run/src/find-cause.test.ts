import type { MessageInitShape } from "@bufbuild/protobuf";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { ActionDetailsSchema, ErrorInfoSchema } from "@flyte-mcp/idl/workflow/run_definition";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { run } from "./index.ts";

type Details = MessageInitShape<typeof ActionDetailsSchema>;

interface Step {
  phase?: ActionPhase;
  endS: number;
  error?: MessageInitShape<typeof ErrorInfoSchema>;
  abort?: string;
}

const metadata = (name: string) => ({
  parent: name === "a0" ? "" : "a0",
  spec: { case: "task", value: { id: { name: `etl.${name}` } } } as const,
});

function toDetails(name: string, { phase = ActionPhase.FAILED, endS, error, abort }: Step): Details {
  const status = { phase, endTime: { seconds: BigInt(endS) } };
  const known = { id: { name }, metadata: metadata(name), status, attempts: [] };
  if (error) return { ...known, result: { case: "errorInfo", value: error } };
  return abort === undefined ? known : { ...known, result: { case: "abortInfo", value: { reason: abort } } };
}

/** A run of these actions, all but a0 its children, on a plane that prints nothing. */
function play(steps: Record<string, Step>) {
  const rows = Object.entries(steps).map(([name, step]) => toDetails(name, step));
  const flyte = playFlyte((router) =>
    router
      .service(RunService, {
        getActionDetails: ({ actionId }) => ({
          details: rows.find(({ id }) => id?.name === actionId?.name)!,
        }),
        listActions: ({ request }) => ({
          actions: rows
            .filter(({ status }) =>
              request?.filters.every(({ values }) => values.includes(String(status?.phase))),
            )
            .map(({ id, metadata, status }) => ({ id: id!, metadata: metadata!, status: status! })),
        }),
        listRuns: () => ({ runs: [] }),
      })
      .service(DataProxyService, { tailLogs: async function* () {} }),
  );
  return connectClient({ groups: [run], flyte });
}

const user = (message: string, code = "") => ({ message, code, kind: ErrorInfo_Kind.USER });

describe("where a failure began", () => {
  it("is the child that timed out, which the parent names but whose own words it does not repeat", async () => {
    const said = "Action c1 timed out, raising exception in current Action a0";
    const { answer } = await play({
      a0: { endS: 100, error: user(said, "MaxRuntimeExceededError") },
      c1: { phase: ActionPhase.TIMED_OUT, endS: 60, error: user("ran 61s of 60s", "MAX_RUNTIME_EXCEEDED") },
    });
    const first_failure = {
      action: "c1",
      task: "etl.c1",
      code: "MAX_RUNTIME_EXCEEDED",
      message: "ran 61s of 60s",
    };
    expect(await answer("get_run", { name: "r" })).toMatchObject({ first_failure });
    expect(await answer("diagnose_run", { name: "r" })).toMatchObject({
      verdict: "runtime_timeout",
      summary: "Action c1 (etl.c1) failed: ran 61s of 60s; 1 above it failed for that reason alone.",
      advice: expect.stringContaining("raise max_runtime"),
    });
  });

  it("is the child that somebody stopped", async () => {
    const { answer } = await play({
      a0: {
        endS: 100,
        error: user("Action c1 was aborted, aborting current Action a0", "ActionAbortedError"),
      },
      c1: { phase: ActionPhase.ABORTED, endS: 90, abort: "wrong data" },
      c2: { phase: ActionPhase.ABORTED, endS: 95, abort: "" },
    });
    expect(await answer("diagnose_run", { name: "r" })).toMatchObject({
      verdict: "action_aborted",
      summary: "Action c1 (etl.c1) was aborted: wrong data; 1 above it failed for that reason alone.",
    });
  });

  it("is presumed in the child that failed right before, and said to be so, where the parent words it anew", async () => {
    const { answer } = await play({
      a0: { endS: 100, error: user("stage 2 failed") },
      c1: { endS: 20, error: user("caught") },
      c2: { endS: 97, error: user("no such column") },
    });
    expect(await answer("diagnose_run", { name: "r" })).toMatchObject({
      summary:
        "Action c2 (etl.c2) failed: no such column; 1 above it failed right after, probably for that reason, though the run says: stage 2 failed.",
      propagated_to: ["a0"],
      other_failures: 1,
    });
  });

  it("is the run itself where its child's failure was caught long before", async () => {
    const { answer } = await play({
      a0: { endS: 100, error: user("my own") },
      c1: { endS: 20, error: user("caught") },
    });
    expect(await answer("diagnose_run", { name: "r" })).toMatchObject({
      summary: "Action a0 (etl.a0) failed: my own.",
      propagated_to: [],
      other_failures: 1,
    });
  });
});
