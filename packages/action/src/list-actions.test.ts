import { createClient } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { ListActionsRequest } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { action } from "./index.ts";

const scope = { project: "flytesnacks", domain: "development" };
const integer = (value: bigint) =>
  ({
    value: {
      case: "scalar",
      value: { value: { case: "primitive", value: { value: { case: "integer", value } } } },
    },
  }) as const;

const sandbox = createSandbox({ paceMs: 4, history: false });
afterAll(() => sandbox.close());
const flyte = playFlyte(sandbox.routes);
const runs = createClient(RunService, flyte.transport);

async function ended(name: string, task: string, n: bigint): Promise<string> {
  const taskId = { ...scope, name: task, version: "v2" };
  const inputs = { literals: [{ name: "n", value: integer(n) }] };
  await runs.createRun({
    id: { case: "runId", value: { ...scope, name } },
    task: { case: "taskId", value: taskId },
    inputWrapper: { case: "inputs", value: inputs },
  });
  const actionId = { run: { ...scope, name }, name: "a0" };
  for (;;) {
    const { details } = await runs.getActionDetails({ actionId });
    if ((details?.status?.phase ?? 0) >= ActionPhase.SUCCEEDED) return name;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("list_actions", () => {
  it("goes through a tree page by page, parents first", async () => {
    const run_name = await ended("fan", "seed.fan_out", 5n);
    const { answer } = await connectClient({ groups: [action], flyte });
    const seen: unknown[] = [];
    let token: unknown;
    do {
      const page = await answer("list_actions", { run_name, limit: 2, token });
      expect(page).toMatchObject({ total: 6, phases: { succeeded: 6 } });
      seen.push(...(page["actions"] as { name: string }[]).map(({ name }) => name));
      token = page["next_token"];
    } while (token !== undefined);
    expect(seen).toEqual(["a0", "c0", "c1", "c2", "c3", "c4"]);
  });

  it("shows only what failed, with its error, or only what is below an action", async () => {
    const run_name = await ended("inner", "seed.fan_fail", 2n);
    const { answer } = await connectClient({ groups: [action], flyte });
    const failed = await answer("list_actions", { run_name, failed_only: true });
    expect(failed["actions"]).toMatchObject([
      { name: "a0", task: "seed.fan_fail", error: "inner cause", children: { succeeded: 2, failed: 1 } },
      { name: "c2", parent: "a0", task: "seed.fail", error: "inner cause" },
    ]);
    const below = await answer("list_actions", { run_name, under: "c1" });
    expect(below).toMatchObject({ total: 1, phases: { succeeded: 1 }, actions: [{ name: "c1" }] });
  });

  it("offers near names for what the run does not have, and for a run that is not there", async () => {
    const run_name = await ended("near", "seed.fan_out", 1n);
    const { failure } = await connectClient({ groups: [action], flyte });
    expect(await failure("list_actions", { run_name, under: "c00" })).toContain(
      'Run "near" has no action "c00". Did you mean "c0"',
    );
    expect(await failure("list_actions", { run_name: "neat" })).toMatch(
      /There is no run "neat" in flytesnacks\/development\. Did you mean "near"/,
    );
    expect(await failure("get_action", { run_name, action_name: "zz" })).toContain(
      'Run "near" in flytesnacks/development has no such action. It has',
    );
  });

  it.each([
    [0, "limit: must be at least 1"],
    [-1, "limit: must be at least 1"],
    [1e9, "limit: must be at most 200"],
  ])("refuses a limit of %d", async (limit, sentence) => {
    const { failure } = await connectClient({ groups: [action], flyte });
    expect(await failure("list_actions", { run_name: "fan", limit })).toContain(sentence);
  });

  it("lists what it can where a plane has no watch", async () => {
    const asked: ListActionsRequest[] = [];
    const bare = playFlyte((router) =>
      router.service(RunService, {
        listActions(request) {
          asked.push(request);
          return { actions: [{ id: { name: "a0" }, status: { phase: ActionPhase.RUNNING } }] };
        },
      }),
    );
    const { answer } = await connectClient({ groups: [action], flyte: bare });
    expect(await answer("list_actions", { run_name: "r" })).toMatchObject({
      total: 1,
      phases: { running: 1 },
      actions: [{ name: "a0", phase: "running" }],
    });
    expect(asked[0]?.request?.sortByFields).toMatchObject([{ key: "created_at", direction: 1 }]);
  });

  it("asks for each action by itself where there is no watch, eight at a time and forty at most", async () => {
    let [now, most, asked] = [0, 0, 0];
    const names = Array.from({ length: 60 }, (_, index) => `c${index}`);
    const bare = playFlyte((router) =>
      router.service(RunService, {
        listActions: () => ({ actions: names.map((name) => ({ id: { name }, status: {} })) }),
        async getActionDetails({ actionId }) {
          [asked, now] = [asked + 1, now + 1];
          most = Math.max(most, now);
          await new Promise((resolve) => setTimeout(resolve, 5));
          now -= 1;
          const id = { name: `etl.${actionId?.name}` };
          return { details: { metadata: { spec: { case: "task", value: { id } } } } };
        },
      }),
    );
    const { answer } = await connectClient({ groups: [action], flyte: bare });
    const { actions } = await answer("list_actions", { run_name: "r", limit: 60 });
    const tasks = (actions as { task?: string }[]).map(({ task }) => task);
    expect(tasks.slice(0, 40)).toEqual(names.slice(0, 40).map((name) => `etl.${name}`));
    expect([asked, most, tasks[40]]).toEqual([40, 8, undefined]);
  });
});
