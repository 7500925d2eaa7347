import type { DescService } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { StateService } from "@flyte-mcp/idl/workflow/state_service";
import { InternalRunService } from "@flyte-mcp/idl/workflow/internal_run_service";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { Effect, ToolContext } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const runId = { org: "", project: "flytesnacks", domain: "development", name: "r1" };

function probe(effect: Effect, run: (context: ToolContext) => Promise<unknown>) {
  return defineTool({
    name: "probe",
    title: "Probe",
    description: "Calls Flyte.",
    effect,
    input: z.object({}),
    output: z.object({ done: z.boolean() }),
    async run(_input, context) {
      await run(context);
      return { done: true };
    },
  });
}

/** A Flyte that answers every RPC of these services with an empty message, and the RPCs that reached it. */
function playAll(...services: DescService[]) {
  const seen: string[] = [];
  const flyte = playFlyte((router) => {
    for (const service of services) {
      const methods = service.methods.map((method) => {
        const answer = () => {
          seen.push(method.name);
          return {};
        };
        async function* stream() {
          yield await Promise.resolve(answer());
        }
        return [method.localName, method.methodKind === "unary" ? answer : stream] as const;
      });
      router.service(service, Object.fromEntries(methods) as object);
    }
  });
  return { flyte, seen };
}

async function connectProbe(effect: Effect, run: (context: ToolContext) => Promise<unknown>) {
  const { flyte, seen } = playAll(RunService, TriggerService, AppService, StateService, InternalRunService);
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [probe(effect, run)] })];
  const client = await connectClient({ groups, flyte });
  return { client, seen };
}

const REFUSED: [
  effect: Effect,
  rpc: string,
  call: (context: ToolContext) => Promise<unknown>,
  text: string,
][] = [
  [
    "read",
    "AbortRun",
    ({ flyte }) => flyte(RunService).abortRun({ runId }),
    'A tool declared "read" may not call RunService.AbortRun (destructive).',
  ],
  [
    "read",
    "CreateRun",
    ({ flyte }) => flyte(RunService).createRun({}),
    'A tool declared "read" may not call RunService.CreateRun (write).',
  ],
  [
    "write",
    "AbortAction",
    ({ flyte }) => flyte(RunService).abortAction({ actionId: { run: runId, name: "a0" } }),
    'A tool declared "write" may not call RunService.AbortAction (destructive).',
  ],
  [
    "write",
    "DeleteTriggers",
    ({ flyte }) => flyte(TriggerService).deleteTriggers({}),
    'A tool declared "write" may not call TriggerService.DeleteTriggers (destructive).',
  ],
  [
    "write",
    "Delete",
    ({ flyte }) => flyte(AppService).delete({}),
    'A tool declared "write" may not call AppService.Delete (destructive).',
  ],
  [
    "destructive",
    "UpdateStatus",
    ({ flyte }) => flyte(AppService).updateStatus({}),
    "AppService.UpdateStatus is not open to tools.",
  ],
  [
    "read",
    "Lease",
    ({ flyte }) => drain(flyte(AppService).lease({})),
    "AppService.Lease is not open to tools.",
  ],
];

const INTERNAL: [rpc: string, call: (context: ToolContext) => Promise<unknown>][] = [
  ["StateService.Get", ({ flyte }) => flyte(StateService).get({})],
  ["StateService.Put", ({ flyte }) => flyte(StateService).put({})],
  ["StateService.Watch", ({ flyte }) => drain(flyte(StateService).watch({}))],
  ["InternalRunService.RecordAction", ({ flyte }) => flyte(InternalRunService).recordAction({})],
];

async function drain(messages: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const message of messages) count += message === undefined ? 0 : 1;
  return count;
}

const EFFECTS: Effect[] = ["read", "write", "destructive"];

describe("what a tool's effect lets it call", () => {
  it.each(REFUSED)("refuses a %s tool %s, before it leaves", async (effect, _rpc, call, text) => {
    const { client, seen } = await connectProbe(effect, call);
    const failure = await client.failure("probe");
    expect(failure).toBe(`${text} The operator of this MCP server set this limit. [permission_denied]`);
    expect(seen).toEqual([]);
  });

  it.each(INTERNAL)("keeps %s from tools of every effect", async (rpc, call) => {
    for (const effect of EFFECTS) {
      const { client, seen } = await connectProbe(effect, call);
      expect(await client.failure("probe")).toMatch(`${rpc} is not open to tools.`);
      expect(seen).toEqual([]);
    }
  });

  it("lets each effect call what it covers", async () => {
    const read = (context: ToolContext) => context.flyte(RunService).listRuns({});
    const write = (context: ToolContext) => context.flyte(RunService).createRun({});
    const destroy = (context: ToolContext) => context.flyte(RunService).abortRun({ runId });
    const allowed = [
      ["read", read],
      ["write", read],
      ["write", write],
      ["destructive", read],
      ["destructive", write],
      ["destructive", destroy],
    ] as const;
    const reached: string[] = [];
    for (const [effect, call] of allowed) {
      const { client, seen } = await connectProbe(effect, call);
      await client.answer("probe");
      reached.push(`${effect} ${seen.join(",")}`);
    }
    expect(reached).toEqual([
      "read ListRuns",
      "write ListRuns",
      "write CreateRun",
      "destructive ListRuns",
      "destructive CreateRun",
      "destructive AbortRun",
    ]);
  });

  it("streams what a read tool may watch", async () => {
    let count = 0;
    const { client, seen } = await connectProbe("read", async ({ flyte }) => {
      count = await drain(flyte(RunService).watchRuns({}));
    });
    await client.answer("probe");
    expect(count).toBe(1);
    expect(seen).toEqual(["WatchRuns"]);
  });

  it("sends nothing of a refused call whose refusal the tool swallows", async () => {
    const { client, seen } = await connectProbe("read", async ({ flyte }) => {
      await flyte(RunService)
        .abortRun({ runId })
        .catch(() => undefined);
      await flyte(RunService).getRunDetails({ runId });
    });
    await client.answer("probe");
    expect(seen).toEqual(["GetRunDetails"]);
  });
});

describe("cancellation", () => {
  type Ask = (client: Client<typeof RunService>, signal?: AbortSignal) => Promise<unknown>;
  const asks: [string, Ask][] = [
    ["a unary call", (client, signal) => client.listRuns({}, { signal })],
    ["a stream", (client, signal) => drain(client.watchRuns({}, { signal }))],
  ];

  it.each(asks)("of the caller reaches the signal of %s", async (_what, ask) => {
    const reached = createGate<AbortSignal>();
    const aborted = createGate<string>();
    const flyte = playFlyte(({ service }) => {
      const wait = async (signal: AbortSignal) => {
        signal.addEventListener("abort", () => aborted.open("aborted"));
        reached.open(signal);
        await aborted.passed;
      };
      service(RunService, {
        async listRuns(_request, { signal }) {
          await wait(signal);
          return {};
        },
        async *watchRuns(_request, { signal }) {
          await wait(signal);
          yield {};
        },
      });
    });
    const tool = probe("read", ({ flyte: open }) => ask(open(RunService)));
    const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
    const client = await connectClient({ groups, flyte });
    const controller = new AbortController();
    const call = client.answer("probe", {}, { signal: controller.signal });
    const outcome = expect(call).rejects.toThrow("no longer wanted");
    await reached.passed;
    controller.abort(new Error("no longer wanted"));
    await outcome;
    expect(await aborted.passed).toBe("aborted");
  });

  it("by the tool itself works beside it", async () => {
    const { client } = await connectProbe("read", ({ flyte }) =>
      flyte(RunService).listRuns({}, { signal: AbortSignal.abort() }),
    );
    expect(await client.failure("probe")).toMatch(/\[canceled\]$/);
  });
});

function createGate<T>(): { open(value: T): void; passed: Promise<T> } {
  let open: (value: T) => void = () => undefined;
  const passed = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}
