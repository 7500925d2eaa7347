import { readFileSync } from "node:fs";
import { fromJson } from "@bufbuild/protobuf";
import type { DescMessage, JsonValue, MessageShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { DataProxyService, TailLogsResponseSchema } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import {
  GetActionDetailsResponseSchema,
  ListActionsResponseSchema,
  RunService,
  WatchActionsResponseSchema,
} from "@flyte-mcp/idl/workflow/run_service";
import { run } from "./index.ts";

interface Step {
  rpc: string;
  request: { runId?: { name: string }; actionId?: { run: { name: string }; name: string } };
  response?: JsonValue;
  messages?: { message: JsonValue }[];
}

const RECORDING = new URL("../fixtures/executing-plane.jsonl", import.meta.url);
const steps = readFileSync(RECORDING, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Step);

/** What a real plane said to the same call about the same run or action. */
function recorded(rpc: string, runName: string | undefined, action?: string): Step {
  const step = steps.find(
    ({ rpc: known, request }) =>
      known.endsWith(`/${rpc}`) &&
      (request.runId ?? request.actionId?.run)?.name === runName &&
      request.actionId?.name === action,
  );
  if (!step) throw new ConnectError(`${rpc} of ${runName} was not recorded`, Code.NotFound);
  return step;
}

function read<D extends DescMessage>(schema: D, json: JsonValue | undefined): MessageShape<D> {
  return fromJson(schema, json ?? {});
}

function readDetails(runName: string | undefined, action: string | undefined) {
  const { response } = recorded("GetActionDetails", runName, action);
  return read(GetActionDetailsResponseSchema, response);
}

/** A run of one action was not listed in that conversation: its row says what its details say. */
function listOne(runName: string) {
  const { id, metadata, status } = readDetails(runName, "a0").details ?? {};
  return { actions: [{ id: id!, metadata: metadata!, status: status! }] };
}

const flyte = playFlyte((router) =>
  router
    .service(RunService, {
      getActionDetails: ({ actionId }) => readDetails(actionId?.run?.name, actionId?.name),
      listActions: ({ runId }) =>
        runId?.name === "run-inner"
          ? read(ListActionsResponseSchema, recorded("ListActions", runId.name).response)
          : listOne(runId?.name ?? ""),
      async *watchActions({ runId }) {
        for (const { message } of recorded("WatchActions", runId?.name).messages ?? [])
          yield read(WatchActionsResponseSchema, message);
      },
      getRunDetails: () => ({}),
      listRuns: () => ({ runs: [] }),
    })
    .service(DataProxyService, {
      async *tailLogs({ actionId }) {
        for (const { message } of recorded("TailLogs", actionId?.run?.name, actionId?.name).messages ?? [])
          yield read(TailLogsResponseSchema, message);
      },
    }),
);

describe("diagnose_run on what a real plane answered", () => {
  it("finds the child whose failure has travelled up", async () => {
    const { answer } = await connectClient({ groups: [run], flyte });
    expect(await answer("diagnose_run", { name: "run-inner" })).toMatchObject({
      verdict: "user_code",
      summary:
        "Action aga7xb3m1zgp119wrlyrw4vxl (seed.fail) failed: inner cause; 1 above it failed for that reason alone.",
      phases: { failed: 2, succeeded: 2 },
      propagated_to: ["a0"],
      cause: { log: [], log_note: "Its pod is gone and the log with it." },
    });
  });

  it("counts three attempts and shows the log of the last, the exception at its end", async () => {
    const { answer } = await connectClient({ groups: [run], flyte });
    const found = await answer("diagnose_run", { name: "run-flaky" });
    expect(found).toMatchObject({
      verdict: "user_code",
      summary: "Action a0 (seed.flaky) failed at each of its 3 attempts: flaky failed.",
    });
    expect((found["cause"] as { log: string[] }).log.join("\n")).toContain("RuntimeError: flaky failed");
    expect(Buffer.byteLength(JSON.stringify(found))).toBeLessThan(8_000);
  });

  it("knows an image that cannot be pulled", async () => {
    const { answer } = await connectClient({ groups: [run], flyte });
    expect(await answer("diagnose_run", { name: "run-pull" })).toMatchObject({ verdict: "image_pull" });
  });
});
