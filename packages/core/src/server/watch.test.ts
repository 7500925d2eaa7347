import { Code, ConnectError } from "@connectrpc/connect";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { Effect, ToolContext } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";
import type { CallEnd, WatchedCall, WatchedRpc } from "../watch.ts";

const RUN = { org: "", project: "p", domain: "d", name: "r1" };

/** What is told of one call of a tool that does this. */
async function watchCall(effect: Effect, run: (context: ToolContext) => Promise<unknown>) {
  const told: { call?: WatchedCall; rpcs: WatchedRpc[]; ends: CallEnd[] } = { rpcs: [], ends: [] };
  const sent: (string | null)[] = [];
  const tool = defineTool({
    name: "probe",
    title: "Probe",
    description: "Does it.",
    effect,
    input: z.object({}),
    output: z.object({}),
    run: async (_input, context) => {
      await run(context);
      return {};
    },
  });
  const flyte = playFlyte(({ service }) => {
    service(RunService, {
      abortRun(_request, { requestHeader }) {
        sent.push(requestHeader.get("x-request-id"));
        return {};
      },
      getRunDetails() {
        throw new ConnectError("no such run canary", Code.NotFound);
      },
      async *watchRuns() {
        yield {};
      },
    });
  });
  const { client } = await connectClient({
    groups: [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })],
    flyte,
    watch(call) {
      told.call = call;
      const headers = { "x-request-id": "of-the-call" };
      return { headers, rpc: (rpc) => void told.rpcs.push(rpc), end: (end) => void told.ends.push(end) };
    },
  });
  await client.callTool({ name: "probe", arguments: {}, _meta: { traceparent: "t" } });
  return { ...told, sent };
}

it("tells of a call, of what left for Flyte and of the end, and sends the call's headers along", async () => {
  const told = await watchCall("destructive", ({ flyte }) => flyte(RunService).abortRun({ runId: RUN }));
  expect(told.call).toMatchObject({ method: "tools/call", name: "probe", effect: "destructive" });
  expect(told.call?.meta["traceparent"]).toBe("t");
  const service = "flyteidl2.workflow.RunService";
  const about = { service, method: "AbortRun", effect: "destructive", targets: ["run p/d/r1"], code: "ok" };
  expect(told.rpcs).toEqual([{ ...about, startedAt: expect.any(Number), endedAt: expect.any(Number) }]);
  expect(told.ends).toEqual([{ code: "ok" }]);
  expect(told.sent).toEqual(["of-the-call"]);
});

it("tells of nothing that the guard kept back, and why the call failed", async () => {
  const told = await watchCall("read", ({ flyte }) => flyte(RunService).abortRun({ runId: RUN }));
  expect(told.rpcs).toEqual([]);
  expect(told.ends).toEqual([{ code: "permission_denied", text: expect.stringContaining("AbortRun") }]);
});

it("tells the code of an RPC that failed, and of a stream when it has ended", async () => {
  const failed = await watchCall("read", ({ flyte }) => flyte(RunService).getRunDetails({ runId: RUN }));
  expect(failed.rpcs[0]).toMatchObject({ method: "GetRunDetails", targets: [], code: "not_found" });
  expect(failed.ends).toEqual([expect.objectContaining({ code: "not_found" })]);
  const streamed = await watchCall("read", async ({ flyte }) => {
    for await (const _each of flyte(RunService).watchRuns({})) void _each;
  });
  expect(streamed.rpcs).toEqual([expect.objectContaining({ method: "WatchRuns", code: "ok" })]);
});
