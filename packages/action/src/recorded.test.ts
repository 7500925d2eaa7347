import { readFileSync } from "node:fs";
import { fromJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import {
  GetActionDetailsResponseSchema,
  ListActionsResponseSchema,
  RunService,
  WatchActionsResponseSchema,
} from "@flyte-mcp/idl/workflow/run_service";
import { action } from "./index.ts";

interface Step {
  n: number;
  response: JsonValue;
  messages: { message: JsonValue }[];
}

const RECORDING = new URL("../fixtures/executing-plane.jsonl", import.meta.url);
const lines = readFileSync(RECORDING, "utf8").trim().split("\n");
const steps = new Map(lines.map((line) => JSON.parse(line) as Step).map((step) => [step.n, step]));

/** A Flyte that answers as a real plane did in one step of a recorded conversation. */
async function play({ details, list, watch }: { details?: number; list?: number; watch?: number }) {
  const flyte = playFlyte((router) =>
    router.service(RunService, {
      getActionDetails: () => fromJson(GetActionDetailsResponseSchema, steps.get(details ?? 0)!.response),
      listActions: () => fromJson(ListActionsResponseSchema, steps.get(list ?? 0)!.response),
      async *watchActions(_request, { signal }) {
        for (const { message } of steps.get(watch ?? 0)!.messages)
          yield fromJson(WatchActionsResponseSchema, message);
        // A real plane never ends it.
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      },
    }),
  );
  return connectClient({ groups: [action], flyte });
}

describe("what a real plane answered", () => {
  it("is a tree whose children have their tasks, which the list alone does not tell", async () => {
    const { answer } = await play({ list: 26, watch: 29, details: 28 });
    expect(await answer("list_actions", { run_name: "run-inner" })).toMatchObject({
      run: "run-inner",
      total: 4,
      phases: { failed: 2, succeeded: 2 },
      actions: [
        {
          name: "a0",
          type: "task",
          task: "seed.fan_fail",
          phase: "failed",
          children: { succeeded: 2, failed: 1 },
          url: "http://console.test/v2/domain/development/project/flytesnacks/runs/run-inner?i=a0",
        },
        { name: "5c76u07d8nd30b72m40gc3v4t", parent: "a0", task: "seed.add", phase: "succeeded" },
        { name: "el9xvswbocggxc57vfg2081me", parent: "a0", task: "seed.add" },
        {
          name: "aga7xb3m1zgp119wrlyrw4vxl",
          parent: "a0",
          task: "seed.fail",
          phase: "failed",
          error: "inner cause",
        },
      ],
    });
  });

  it("has three attempts, newest first, each with its times and its pod", async () => {
    const { answer } = await play({ details: 22 });
    const got = await answer("get_action", { run_name: "run-flaky" });
    expect(got).toMatchObject({
      phase: "failed",
      task: "seed.flaky",
      error: { message: "flaky failed", kind: "user" },
      attempts: [
        {
          attempt: 3,
          phase: "failed",
          pod: "run-flaky-a0-2",
          cluster: "lab",
          timing: { queued_ms: 293, running_ms: 1747 },
        },
        // The plane itself calls these running still, and gives them no end.
        {
          attempt: 2,
          phase: "failed",
          ended_at: "2026-11-23T04:57:06.845Z",
          timing: { queued_ms: 440, running_ms: 1656 },
        },
        {
          attempt: 1,
          phase: "failed",
          ended_at: "2026-11-23T04:57:04.749Z",
          timing: { queued_ms: 217, running_ms: 1678 },
        },
      ],
      cluster_events: [
        { at: "2026-11-23T04:57:06.845Z", message: "restarting task" },
        { at: "2026-11-23T04:57:07.019Z", message: "Demistify Pending" },
      ],
      log_links: [
        {
          name: "Kubernetes Logs",
          uri: "http://localhost:30082/#!/log/flyte/run-flaky-a0-2/pod?namespace=flyte",
        },
      ],
      logs_available: true,
    });
    expect(got).not.toHaveProperty("report_available");
  });

  it("shows the events of an earlier attempt, and says which there are for one that never was", async () => {
    const { answer, failure } = await play({ details: 22 });
    expect(await answer("get_action", { run_name: "run-flaky", attempt: 1 })).toMatchObject({
      cluster_events: [{ message: "task submitted to K8s" }, { message: "Demistify Pending" }],
    });
    expect(await failure("get_action", { run_name: "run-flaky", attempt: 7 })).toContain(
      "Action a0 of run run-flaky has no attempt 7. It has 1, 2, 3.",
    );
  });

  it.each([
    [0, "attempt: must be at least 1"],
    [-1, "attempt: must be at least 1"],
    [1e9, "has no attempt 1000000000. It has 1, 2, 3."],
  ])("refuses attempt %d", async (attempt, sentence) => {
    const { failure } = await play({ details: 22 });
    expect(await failure("get_action", { run_name: "run-flaky", attempt })).toContain(sentence);
  });

  it("is an image that cannot be pulled, an aborted action, and a gate", async () => {
    const { answer: pull } = await play({ details: 32 });
    expect(await pull("get_action", { run_name: "run-pull" })).toMatchObject({
      error: { message: expect.stringContaining("Back-off pulling image"), kind: "user" },
      attempts: [{ attempt: 1, phase: "failed", timing: { queued_ms: 277 } }],
    });
    const { answer: slow } = await play({ details: 59 });
    expect(await slow("get_action", { run_name: "run-slow" })).toMatchObject({
      phase: "aborted",
      abort_reason: "enough",
    });
    const { answer: gate } = await play({ details: 44 });
    expect(await gate("get_action", { run_name: "run-gate", action_name: "c" })).toMatchObject({
      type: "condition",
      phase: "paused",
      condition: { name: "approve", description: "Blocks the release." },
    });
  });
});
