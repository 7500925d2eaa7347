import { Code, ConnectError } from "@connectrpc/connect";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { ToolContext } from "../contract.ts";
import type { Policy } from "../policy.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const scope = { org: "", project: "p", domain: "d" };
const runId = (name: string) => ({ ...scope, name });

// Which task each run of the played Flyte is of; a run that is not here does not exist.
const TASKS: Record<string, string> = { good: "etl.load", bad: "etl.drop" };

function detailsOf(name: string) {
  const id = TASKS[name];
  if (name === "nameless") return { details: { action: {} } };
  if (name === "broken") throw new ConnectError("database is down", Code.Unavailable);
  if (id === undefined) throw new ConnectError("run not found", Code.NotFound);
  const spec = { case: "task", value: { id: { ...scope, name: id } } } as const;
  return { details: { action: { metadata: { spec } } } };
}

function playRuns() {
  const seen: string[] = [];
  const see = (rpc: string) => {
    seen.push(rpc);
    return {};
  };
  const flyte = playFlyte(({ service }) => {
    service(RunService, {
      getRunDetails({ runId: run }) {
        see(`GetRunDetails ${run?.name}`);
        return detailsOf(run?.name ?? "");
      },
      abortRun: () => see("AbortRun"),
      createRun: () => see("CreateRun"),
      getActionData: () => see("GetActionData"),
      async *watchActionDetails() {
        yield await Promise.resolve(see("WatchActionDetails"));
      },
    });
  });
  return { flyte, seen };
}

type Call = (context: ToolContext, run: string) => Promise<unknown>;

async function connectProbe(call: Call, policy: Policy = { tasks: ["etl.load"] }) {
  const { flyte, seen } = playRuns();
  const tool = defineTool({
    name: "probe",
    title: "Probe",
    description: "Calls Flyte.",
    effect: "destructive",
    input: z.object({ run: z.string() }),
    output: z.object({ done: z.boolean() }),
    async run({ run }, context) {
      await call(context, run);
      return { done: true };
    },
  });
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  return { ...(await connectClient({ groups, flyte, policy })), seen };
}

const abort: Call = ({ flyte }, run) => flyte(RunService).abortRun({ runId: runId(run) });
const readData: Call = ({ flyte }, run) =>
  flyte(RunService).getActionData({ actionId: { run: runId(run), name: "a0" } });
const watch: Call = async ({ flyte }, run) => {
  const actionId = { run: runId(run), name: "a0" };
  for await (const message of flyte(RunService).watchActionDetails({ actionId })) {
    if (!message) throw new Error("empty");
  }
};

const FORBIDDEN =
  "Task d/p/etl.drop is not on this server's task allowlist. " +
  "The operator of this MCP server set this limit. [permission_denied]";

describe("a run under a task allowlist", () => {
  const calls: [string, Call, string][] = [
    ["AbortRun", abort, "AbortRun"],
    ["GetActionData", readData, "GetActionData"],
    ["WatchActionDetails", watch, "WatchActionDetails"],
  ];

  it.each(calls)("is open to %s when its task is on the list", async (_rpc, call, reached) => {
    const { answer, seen } = await connectProbe(call);
    await answer("probe", { run: "good" });
    expect(seen).toEqual(["GetRunDetails good", reached]);
  });

  it.each(calls)("is closed to %s when its task is not", async (_rpc, call) => {
    const { failure, seen } = await connectProbe(call);
    expect(await failure("probe", { run: "bad" })).toBe(FORBIDDEN);
    expect(seen).toEqual(["GetRunDetails bad"]);
  });

  it("is looked up once for a server, whichever tool call asks", async () => {
    const { answer, failure, seen } = await connectProbe(readData);
    await answer("probe", { run: "good" });
    await answer("probe", { run: "good" });
    await failure("probe", { run: "bad" });
    await failure("probe", { run: "bad" });
    expect(seen).toEqual(["GetRunDetails good", "GetActionData", "GetActionData", "GetRunDetails bad"]);
  });

  it("that does not exist passes on, for Flyte to answer, and is asked for again", async () => {
    const { answer, seen } = await connectProbe(readData);
    await answer("probe", { run: "gone" });
    await answer("probe", { run: "gone" });
    expect(seen).toEqual(["GetRunDetails gone", "GetActionData", "GetRunDetails gone", "GetActionData"]);
  });

  it("that a request creates follows the task it names", async () => {
    const create: Call = ({ flyte }, run) =>
      flyte(RunService).createRun({
        id: { case: "runId", value: runId(run) },
        task: { case: "taskId", value: { ...scope, name: "etl.load", version: "v1" } },
      });
    const { answer, seen } = await connectProbe(create);
    await answer("probe", { run: "fresh" });
    expect(seen).toEqual(["GetRunDetails fresh", "CreateRun"]);
  });

  it("may not be related to a run of a task off the list", async () => {
    const rerun: Call = ({ flyte }, run) =>
      flyte(RunService).createRun({
        task: { case: "taskId", value: { ...scope, name: "etl.load", version: "v1" } },
        runSpec: { relatedTo: runId(run) },
      });
    const { failure, seen } = await connectProbe(rerun);
    expect(await failure("probe", { run: "bad" })).toBe(FORBIDDEN);
    expect(seen).toEqual(["GetRunDetails bad"]);
  });

  it("whose task cannot be told is closed, by the operator's limit", async () => {
    const { failure, seen } = await connectProbe(abort);
    expect(await failure("probe", { run: "nameless" })).toBe(
      "The task of run nameless is unknown. The operator of this MCP server set this limit. [permission_denied]",
    );
    expect(seen).toEqual(["GetRunDetails nameless"]);
  });

  it("whose task cannot be asked for is closed", async () => {
    const { failure, seen } = await connectProbe(abort);
    expect(await failure("probe", { run: "broken" })).toMatch(/database is down.*\[unavailable\]$/);
    expect(seen).toEqual(["GetRunDetails broken"]);
  });
});

describe("a run without a task allowlist", () => {
  it.each([
    ["no list", {}],
    ["an app list", { apps: ["shop"] }],
    ["a trigger list", { triggers: ["nightly"] }],
  ])("is not looked up under %s", async (_what, policy) => {
    const { answer, seen } = await connectProbe(abort, policy);
    await answer("probe", { run: "bad" });
    expect(seen).toEqual(["AbortRun"]);
  });
});
