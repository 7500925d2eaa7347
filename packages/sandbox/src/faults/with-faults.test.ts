import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { startSandbox } from "../start.ts";
import type { SandboxServer } from "../start.ts";
import type { Fault, FaultKind } from "./faults.ts";

const open: SandboxServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function start(...faults: Fault[]) {
  const server = await startSandbox({ faults });
  open.push(server);
  const client = createClient(
    RunService,
    createConnectTransport({ baseUrl: server.url, httpVersion: "1.1" }),
  );
  const runId = { project: "flytesnacks", domain: "development", name: "demo-add-1" };
  const list = (timeoutMs?: number) =>
    client.listRuns({}, { timeoutMs }).then(
      () => "fine",
      (error: Error) => error.message,
    );
  return {
    ...server,
    list,
    watch: () => client.watchActions({ runId })[Symbol.asyncIterator](),
    details: () => client.getRunDetails({ runId }),
  };
}

describe("a request meets", () => {
  it.each<[FaultKind, RegExp]>([
    ["cut", /socket hang up/],
    ["cut mid stream", /aborted/],
    ["html", /unsupported content type text\/html/],
    ["login", /HTTP 302/],
    [{ status: 404 }, /HTTP 404/],
    [{ status: 405 }, /HTTP 405/],
    [{ status: 503, retryAfterS: 1 }, /HTTP 503/],
  ])("%j as often as it is set, then the plane", async (kind, text) => {
    const { list } = await start({ kind, times: 2 });
    expect(await list()).toMatch(text);
    expect(await list()).toMatch(text);
    expect(await list()).toBe("fine");
  });

  it("a pause, and the plane's answer after it", async () => {
    const { list } = await start({ kind: { delayMs: 80 } });
    const began = performance.now();
    expect(await list()).toBe("fine");
    expect(performance.now() - began).toBeGreaterThanOrEqual(78);
  });

  it("no answer at all", async () => {
    const { list } = await start({ kind: "hang" });
    expect(await list(100)).toMatch(/deadline/);
  });

  it("the end of a stream after its first message", async () => {
    const { watch, fail } = await start();
    fail({ kind: "cut mid stream", procedure: "RunService/WatchActions" });
    const messages = watch();
    expect((await messages.next()).done).toBe(false);
    await expect(messages.next()).rejects.toThrow("aborted");
  });
});

describe("a fault", () => {
  it("is of one procedure when it names one", async () => {
    const { list, details } = await start({ kind: "login", procedure: "RunService/GetRunDetails" });
    await expect(details()).rejects.toThrow("HTTP 302");
    expect(await list()).toBe("fine");
  });

  it("comes while the plane runs, and goes", async () => {
    const { list, fail, heal } = await start();
    expect(await list()).toBe("fine");
    fail({ kind: { status: 503 } });
    expect(await list()).toContain("HTTP 503");
    heal();
    expect(await list()).toBe("fine");
  });

  it("never reaches the plane unless its kind lets it through", async () => {
    const { list, sandbox } = await start({ kind: "html", times: 1 });
    await list();
    expect(sandbox.calls()).toEqual([]);
  });
});
