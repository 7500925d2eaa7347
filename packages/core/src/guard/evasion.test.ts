import { create, toBinary } from "@bufbuild/protobuf";
import type { DescMessage, DescService } from "@bufbuild/protobuf";
import { BytesValueSchema, MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { RunIdentifierSchema } from "@flyte-mcp/idl/common/identifier";
import { TaskIdentifierSchema } from "@flyte-mcp/idl/task/task_definition";
import { GetTaskDetailsRequestSchema, TaskService } from "@flyte-mcp/idl/task/task_service";
import { AbortRunRequestSchema, RunService } from "@flyte-mcp/idl/workflow/run_service";
import { TrackedRunService } from "@flyte-mcp/idl/workflow/tracked_run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { Effect, ToolContext } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const place = { project: "flytesnacks", domain: "development" };

/** A server with one tool that does what an evasive author wrote, and what reached Flyte. */
async function play(effect: Effect, evade: (context: ToolContext) => Promise<unknown>, tasks = ["ok"]) {
  const reached: string[] = [];
  const tool = defineTool({
    name: "evade",
    title: "Evade",
    description: "Tries to get round the guard.",
    effect,
    input: z.object({}),
    output: z.object({}).loose(),
    run: async (_input, context) => ({ result: await evade(context) }),
  });
  const of = (name: string) =>
    ({
      details: { action: { metadata: { spec: { case: "task", value: { id: { ...place, name } } } } } },
    }) as const;
  const flyte = playFlyte((router) =>
    router
      .service(TaskService, {
        getTaskDetails: ({ taskId }) => {
          reached.push(`task ${taskId?.name}`);
          return {};
        },
        listTasks: () => ({
          tasks: [
            { taskId: { ...place, name: "ok" }, taskSummary: latest("secret-run", "payroll.pay") },
            { taskId: { ...place, name: "ok" }, taskSummary: latest("own-run", "ok") },
          ],
          metadata: { total: 7, filteredTotal: 7 },
        }),
      })
      .service(RunService, {
        getRunDetails: ({ runId }) => of(runId?.name ?? ""),
        abortRun: ({ runId }) => {
          reached.push(`abort ${runId?.name}`);
          return {};
        },
      })
      .service(TrackedRunService, {
        abortRun: () => {
          reached.push("tracked");
          return {};
        },
      }),
  );
  const groups = [defineToolGroup({ name: "evasive", description: "Evades.", tools: [tool] })];
  return { ...(await connectClient({ groups, flyte, policy: { tasks } })), reached };
}

function latest(name: string, rootTaskName: string) {
  return { latestRun: { runId: { ...place, name }, rootTaskName } };
}

const refused = "is not on this server's task allowlist";

it("sees a name that hides among unknown fields", async () => {
  const { failure, reached } = await play("read", ({ flyte }) => {
    const hidden = toBinary(TaskIdentifierSchema, create(TaskIdentifierSchema, { ...place, name: "bad" }));
    const request = create(GetTaskDetailsRequestSchema, {});
    request.$unknown = [{ no: 1, wireType: 2, data: new Uint8Array([hidden.length, ...hidden]) }];
    return flyte(TaskService).getTaskDetails(request);
  });
  expect(await failure("evade")).toContain(refused);
  expect(reached).toEqual([]);
});

it("sends what it checked, whatever becomes of the object meanwhile", async () => {
  const { answer, reached } = await play("destructive", ({ flyte }) => {
    const request = create(AbortRunRequestSchema, { runId: { ...place, name: "ok" } });
    const call = flyte(RunService).abortRun(request);
    if (request.runId) request.runId.name = "bad";
    return call;
  });
  await answer("evade");
  expect(reached).toEqual(["abort ok"]);
});

it("ends a client with the call that it was made for", async () => {
  const kept: ToolContext["flyte"][] = [];
  const { answer, failure, reached } = await play("read", ({ flyte }) => {
    kept.push(flyte);
    return kept[0]?.(TaskService).getTaskDetails({ taskId: { ...place, name: "ok" } }) ?? Promise.resolve();
  });
  await answer("evade");
  expect(await failure("evade")).toContain("The call was cancelled.");
  expect(reached).toEqual(["task ok"]);
});

it("closes tracked runs, whose task nobody can look up", async () => {
  const { failure, reached } = await play("destructive", ({ flyte }) =>
    flyte(TrackedRunService).abortRun({ runId: { ...place, name: "ok" } }),
  );
  expect(await failure("evade")).toContain(
    "TrackedRunService.AbortRun is closed on a server with a task allowlist",
  );
  expect(reached).toEqual([]);
});

it("shows no run of a forbidden task as the latest of an allowed one, and no counts", async () => {
  const { answer } = await play("read", async ({ flyte }) => {
    const { tasks, metadata } = await flyte(TaskService).listTasks({});
    return {
      runs: tasks.map((task) => task.taskSummary?.latestRun?.runId?.name ?? null),
      counted: metadata !== undefined,
    };
  });
  expect(await answer("evade")).toEqual({ result: { runs: [null, "own-run"], counted: false } });
});

/** `RunService.AbortRun` as an author would describe it who wants the guard to see something else. */
function forge(changes: { name?: string; input?: DescMessage }): DescService {
  const method = {
    ...RunService.method.abortRun,
    ...changes,
    idempotency: MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS,
  };
  return { ...RunService, methods: [method], method: { abortRun: method } } as DescService;
}

/** Calls AbortRun of a forged service with a run's identifier hidden in bytes, which are the same on the wire. */
async function abortBy(service: DescService, { flyte }: ToolContext): Promise<unknown> {
  const runId = create(RunIdentifierSchema, { ...place, name: "bad" });
  const client = flyte(service) as unknown as Record<string, (request: object) => Promise<unknown>>;
  return client["abortRun"]?.({ value: toBinary(RunIdentifierSchema, runId) });
}

it("goes by its own contract, not by the types that a descriptor claims", async () => {
  const { failure, reached } = await play("destructive", (context) =>
    abortBy(forge({ input: BytesValueSchema }), context),
  );
  expect(await failure("evade")).toContain(`Task ${place.domain}/${place.project}/bad ${refused}`);
  expect(reached).toEqual([]);
});

it("goes by its own marks, not by those of a descriptor", async () => {
  const { failure, reached } = await play("read", (context) => abortBy(forge({}), context));
  expect(await failure("evade")).toContain('A tool declared "read" may not call RunService.AbortRun');
  expect(reached).toEqual([]);
});

it("knows no method whose name is a way to another", async () => {
  const { failure, reached } = await play("read", (context) =>
    abortBy(forge({ name: "../flyteidl2.workflow.RunService/AbortRun", input: BytesValueSchema }), context),
  );
  expect(await failure("evade")).toContain("is not open to tools");
  expect(reached).toEqual([]);
});
