import { fromJson } from "@bufbuild/protobuf";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import {
  GetActionDetailsResponseSchema,
  ListActionsResponseSchema,
  RunService,
} from "@flyte-mcp/idl/workflow/run_service";
import type { ListActionsRequest } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { condition } from "./index.ts";

// From a recorded conversation with a real control plane.
const RUN = { project: "flytesnacks", domain: "development", name: "run-gate" };
const ID = { run: RUN, name: "9y1pejgwkesmjwxx7iy22lor3" };
const LISTED = {
  actions: [
    {
      id: ID,
      metadata: { parent: "a0" },
      status: { phase: "ACTION_PHASE_PAUSED", startTime: "2026-11-23T04:57:36Z" },
    },
  ],
};
const METADATA = {
  parent: "a0",
  condition: { name: "approve", type: { simple: "BOOLEAN" } },
  actionType: "ACTION_TYPE_CONDITION",
  funtionName: "approve",
};
const DECLARED = {
  name: "approve",
  type: { simple: "BOOLEAN" },
  prompt: "Ship it?",
  description: "Blocks the release.",
  promptType: "CONDITION_PROMPT_TYPE_TEXT",
};
const WAITS = {
  id: ID,
  metadata: METADATA,
  status: { phase: "ACTION_PHASE_PAUSED", startTime: "2026-11-23T04:57:36Z" },
  condition: DECLARED,
};
const ANSWERED = {
  id: ID,
  metadata: METADATA,
  status: {
    phase: "ACTION_PHASE_SUCCEEDED",
    startTime: "2026-11-23T04:57:36Z",
    endTime: "2026-11-23T04:57:41.568685Z",
    durationMs: "5569",
  },
  signalInfo: { output: { scalar: { primitive: { boolean: true } } } },
  condition: DECLARED,
};
const ROOT = {
  id: { run: RUN, name: "a0" },
  metadata: {
    task: {
      id: { project: "flytesnacks", domain: "development", name: "seed.gate", version: "v2" },
      taskType: "python",
      shortName: "gate",
    },
    actionType: "ACTION_TYPE_TASK",
    environmentName: "seed",
    funtionName: "seed.gate",
  },
  status: { phase: "ACTION_PHASE_RUNNING", startTime: "2026-11-23T04:57:35Z" },
};

async function play(details: object) {
  const requests: ListActionsRequest[] = [];
  const flyte = playFlyte((router) =>
    router.service(RunService, {
      listActions(request) {
        requests.push(request);
        return fromJson(ListActionsResponseSchema, LISTED);
      },
      getActionDetails: ({ actionId }) =>
        fromJson(GetActionDetailsResponseSchema, {
          details: actionId?.name === "a0" ? ROOT : details,
        } as never),
    }),
  );
  return { ...(await connectClient({ groups: [condition], flyte })), requests };
}

const described = {
  name: "approve",
  action_name: "9y1pejgwkesmjwxx7iy22lor3",
  type: "bool",
  prompt: "Ship it?",
  description: "Blocks the release.",
  since: "2026-11-23T04:57:36.000Z",
  waiting_action: "a0",
  waiting_task: "seed.gate",
};

describe("list_conditions of what a real control plane answered", () => {
  it("tells name, prompt, type, since when and who waits, which its list leaves out", async () => {
    const { answer, requests } = await play(WAITS);
    expect(await answer("list_conditions", { run_name: "run-gate" })).toEqual({
      conditions: [{ ...described, waiting: true, phase: "paused" }],
    });
    expect(requests[0]?.request?.filters).toMatchObject([{ field: "action_type", values: ["3"] }]);
  });

  it("tells what was answered and when", async () => {
    const { answer } = await play(ANSWERED);
    expect(await answer("list_conditions", { run_name: "run-gate" })).toEqual({
      conditions: [
        {
          ...described,
          waiting: false,
          phase: "succeeded",
          ended_at: "2026-11-23T04:57:41.568Z",
          answer: true,
        },
      ],
    });
  });

  it("asks only for what waits when it is told to", async () => {
    const { answer, requests } = await play(WAITS);
    await answer("list_conditions", { run_name: "run-gate", waiting_only: true });
    expect(requests[0]?.request?.filters).toMatchObject([
      { field: "action_type", values: ["3"] },
      { field: "phase", values: ["9"] },
    ]);
  });
});

describe("list_conditions on the sandbox", () => {
  const sandbox = createSandbox({ paceMs: 5 });
  afterAll(() => sandbox.close());
  const connect = () => connectClient({ groups: [condition], flyte: playFlyte(sandbox.routes) });

  it("finds the gate of a run that waits", async () => {
    const { answer } = await connect();
    expect(await answer("list_conditions", { run_name: "demo-gate-1", waiting_only: true })).toMatchObject({
      conditions: [{ name: "approve", action_name: "c0", waiting: true, waiting_task: "seed.gate" }],
    });
  });

  it("is empty for a run without any", async () => {
    const { answer } = await connect();
    expect(await answer("list_conditions", { run_name: "demo-add-1" })).toEqual({ conditions: [] });
  });

  it("says that there is no such run, with a near name", async () => {
    const { failure } = await connect();
    expect(await failure("list_conditions", { run_name: "demo-gate-2" })).toContain(
      'There is no run "demo-gate-2" in flytesnacks/development. Did you mean "demo-gate-1"',
    );
  });
});
