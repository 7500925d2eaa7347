import { createFlyte } from "@flyte-mcp/core";
import { connectClient } from "@flyte-mcp/core/testing";
import { run } from "@flyte-mcp/run";
import { startSandbox } from "@flyte-mcp/sandbox";
import type { SandboxServer } from "@flyte-mcp/sandbox";
import { task } from "@flyte-mcp/task";

const open: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(open.splice(0).map((close) => close())));

/** A sandbox that has been reached once, and a client of a server on it. */
async function start() {
  const plane = await startSandbox({ paceMs: 60, history: false });
  const flyte = createFlyte({ endpoint: plane.url, project: "flytesnacks", domain: "development" });
  const mcp = await connectClient({ groups: [task, run], flyte });
  open.push(plane.close, mcp.close);
  await mcp.answer("list_tasks");
  return { plane, mcp };
}

const countOf = ({ sandbox }: SandboxServer, procedure: string) =>
  sandbox.calls().filter((call) => call.procedure.endsWith(procedure)).length;

const LAUNCH = { name: "seed.add", inputs: { a: 1 } };

describe("a model that works on a plane which is hard to reach", () => {
  it.each(["cut", "cut mid stream", { status: 503, retryAfterS: 0 }, { delayMs: 50 }] as const)(
    "does not notice %j when it reads",
    async (kind) => {
      const { plane, mcp } = await start();
      plane.fail({ kind, times: 1 });
      expect(await mcp.answer("list_tasks", { name_contains: "seed.add" })).toMatchObject({
        tasks: [{ name: "seed.add" }],
      });
    },
  );

  it("launches at most one run, whatever happens to the answer", async () => {
    const { plane, mcp } = await start();
    plane.fail({ kind: "cut mid stream", procedure: "RunService/CreateRun" });
    const text = await mcp.failure("run_task", LAUNCH);
    expect(text).toContain("cut the connection");
    expect(countOf(plane, "RunService/CreateRun")).toBe(1);
  });

  it("waits for a run although the watch is cut before it begins", async () => {
    const { plane, mcp } = await start();
    const { name } = await mcp.answer("run_task", LAUNCH);
    plane.fail({ kind: "cut", procedure: "WatchRunDetails", times: 1 });
    plane.fail({ kind: "cut", procedure: "WatchActionDetails", times: 1 });
    expect(await mcp.answer("wait_for_run", { name })).toMatchObject({ phase: "succeeded" });
  });

  it("asks for a cluster once, not once for each call", async () => {
    const { plane, mcp } = await start();
    const { name } = await mcp.answer("run_task", LAUNCH);
    await mcp.answer("wait_for_run", { name });
    for (let calls = 0; calls < 3; calls++) await mcp.answer("get_run_io", { name });
    expect(countOf(plane, "DataProxyService/GetActionData")).toBeGreaterThanOrEqual(3);
    // One for the upload of inputs, one for reading data.
    expect(countOf(plane, "ClusterService/SelectCluster")).toBe(2);
  });

  it.each([
    ["login", "redirects to a login page"],
    ["html", "answers with a web page, not as a Flyte API"],
    [{ status: 405 }, "takes no calls: it serves pages, not the Flyte API"],
    [{ status: 404 }, "is no Flyte API"],
  ] as const)("is told of %j at once", async (kind, text) => {
    const { plane, mcp } = await start();
    plane.fail({ kind });
    expect(await mcp.failure("list_tasks")).toContain(`${plane.url} ${text}`);
  });
});
