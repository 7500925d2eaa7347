import { setTimeout as sleep } from "node:timers/promises";
import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { LogLineOriginator } from "@flyte-mcp/idl/logs/dataplane/payload";
import { RunLogsService } from "@flyte-mcp/idl/workflow/run_logs_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { readLogTail } from "./read-log-tail.ts";
import type { LogTailQuery } from "./read-log-tail.ts";

type Tail = NonNullable<ServiceImpl<typeof DataProxyService>["tailLogs"]>;

interface Line {
  message: string;
  timestamp?: { seconds: bigint };
  originator?: LogLineOriginator;
}

const actionId = { run: { org: "", project: "p", domain: "d", name: "r1" }, name: "a0" };
const { signal } = new AbortController();

function read(routes: (router: ConnectRouter) => void, query: Partial<LogTailQuery> = {}) {
  const transport = createRouterTransport(routes);
  const timing = { idleMs: 60, totalMs: 2_000 };
  return readLogTail((service) => createClient(service, transport), {
    ...{ actionId, attempt: 1, signal, ...timing },
    ...query,
  });
}

const tail = (tailLogs: Tail) => (router: ConnectRouter) => router.service(DataProxyService, { tailLogs });
const stream = (...lines: Line[]) =>
  tail(async function* () {
    yield { logs: [{ lines }] };
  });
const numbered = (count: number): Line[] =>
  Array.from({ length: count }, (_, index) => ({ message: `line ${index}` }));
const texts = ({ lines }: { lines: { text: string }[] }) => lines.map(({ text }) => text);

/** Stays open until the reader leaves. */
const stayOpen = (left: AbortSignal) => sleep(60_000, undefined, { signal: left }).catch(() => undefined);

describe("readLogTail", () => {
  it("keeps the last lines, and counts those before", async () => {
    const read1 = await read(stream(...numbered(250)), { most: 3 });
    expect(read1).toMatchObject({ matched: 250, read: 250, stopped: "end", isSourced: false });
    expect(texts(read1)).toEqual(["line 247", "line 248", "line 249"]);
    expect(texts(await read(stream(...numbered(2)), { most: 3 }))).toEqual(["line 0", "line 1"]);
  });

  it("finds plain text in any case, without the codes between", async () => {
    const lines = [
      { message: "an \u001b[31mErr\u001b[0mor" },
      { message: "an error (.*" },
      { message: "ok" },
    ];
    expect(texts(await read(stream(...lines), { grep: "error" }))).toEqual(["an Error", "an error (.*"]);
    expect(texts(await read(stream(...lines), { grep: "(.*" }))).toEqual(["an error (.*"]);
  });

  it("leaves out what is older, another container's, or the platform's", async () => {
    const at = (seconds: number) => ({ timestamp: { seconds: BigInt(seconds) } });
    const container = (name: string) => ({ kubernetesPodName: "p-0", kubernetesContainerName: name });
    const routes = tail(async function* () {
      yield {
        logs: [
          {
            lines: [
              { message: "old", ...at(10) },
              { message: "new", ...at(20) },
            ],
            container: container("main"),
          },
          { lines: [{ message: "side", ...at(20) }], container: container("proxy") },
          {
            lines: [
              { message: "pulled", originator: LogLineOriginator.SYSTEM },
              { message: "[flyte] WARNING Flyte runtime started" },
              { message: "[r1][a0] [flyte] ERROR Task failed" },
            ],
          },
        ],
      };
    });
    const wanted = await read(routes, { sinceMs: 15_000, container: "main" });
    expect(wanted).toMatchObject({ matched: 2, system: 2, isSourced: true });
    expect(wanted.lines).toEqual([
      { text: "new", at: "1970-01-01T00:00:20.000Z", pod: "p-0", container: "main" },
      { text: "[r1][a0] [flyte] ERROR Task failed" },
    ]);
    expect((await read(routes, { withSystem: true })).matched).toBe(6);
  });

  it("keeps the last state of a progress bar, whose messages write over one another", async () => {
    const bar = ["start\n", "10%\r", "50%\r", "100%\r\n", "end\n", "left at 7%\r"];
    const lines = bar.map((message) => ({ message }));
    expect(texts(await read(stream(...lines)))).toEqual(["start", "100%", "end", "left at 7%"]);
  });

  it("leaves a stream that falls silent, or that is not done when the time is up", async () => {
    let hasLeft: AbortSignal | undefined;
    const silent = tail(async function* (_request, context) {
      hasLeft = context.signal;
      yield { logs: [{ lines: numbered(2) }] };
      await stayOpen(context.signal);
    });
    expect(await read(silent)).toMatchObject({ matched: 2, stopped: "idle" });
    expect(hasLeft?.aborted).toBe(true);
    const endless = tail(async function* (_request, context) {
      for (; !context.signal.aborted; await sleep(5)) yield { logs: [{ lines: numbered(10) }] };
    });
    expect(await read(endless, { totalMs: 100, most: 5 })).toMatchObject({ stopped: "time" });
  });

  it("answers once the newest line is of now", async () => {
    const now = () => ({ seconds: BigInt(Math.floor(Date.now() / 1000) + 1) });
    const routes = tail(async function* (_request, context) {
      yield { logs: [{ lines: numbered(2) }] };
      for (; !context.signal.aborted; await sleep(150)) {
        await sleep(150);
        yield { logs: [{ lines: [{ message: "tick", timestamp: now() }] }] };
      }
    });
    expect(await read(routes, { idleMs: 1_000 })).toMatchObject({ matched: 3, stopped: "live" });
  });

  it("follows a quiet task without losing its later lines, until it has ended", async () => {
    let phase = ActionPhase.RUNNING;
    const routes = (router: ConnectRouter) =>
      router
        .service(RunService, { getActionDetails: () => ({ details: { status: { phase } } }) })
        .service(DataProxyService, {
          async *tailLogs(_request, context) {
            for (const message of ["one", "two", "three"]) {
              yield { logs: [{ lines: [{ message }] }] };
              await sleep(150);
            }
            phase = ActionPhase.SUCCEEDED;
            await stayOpen(context.signal);
          },
        });
    const followed = await read(routes, { isFollowing: true });
    expect(texts(followed)).toEqual(["one", "two", "three"]);
    expect(followed.stopped).toBe("idle");
  });

  it("asks the older log service where the data proxy has none, and says when there is neither", async () => {
    const older = (router: ConnectRouter) =>
      router.service(RunLogsService, {
        async *tailLogs() {
          yield { logs: [{ lines: [{ message: "of old" }] }] };
        },
      });
    expect(texts(await read(older))).toEqual(["of old"]);
    expect(await read(() => undefined)).toMatchObject({ lines: [], stopped: "no_service" });
  });

  it("tells a lost log and a cut stream from a failure", async () => {
    const failing = (code: Code, count: number) =>
      tail(async function* () {
        yield { logs: [{ lines: numbered(count) }] };
        throw new ConnectError("no", code);
      });
    expect(await read(failing(Code.NotFound, 0))).toMatchObject({ lines: [], stopped: "gone" });
    expect(await read(failing(Code.Unavailable, 2))).toMatchObject({ matched: 2, stopped: "cut" });
    await expect(read(failing(Code.PermissionDenied, 0))).rejects.toThrow("[permission_denied] no");
  });

  it("stops when the caller does", async () => {
    const caller = new AbortController();
    const routes = tail(async function* (_request, context) {
      caller.abort();
      await stayOpen(context.signal);
    });
    await expect(read(routes, { signal: caller.signal })).rejects.toThrow();
  });

  it.each([
    [undefined, undefined],
    ["all", { case: "allPods", value: true }],
    ["p-1", { case: "podName", value: "p-1" }],
  ])("asks for pod %s", async (pod, podSelector) => {
    const asked: unknown[] = [];
    const routes = tail(async function* (request) {
      asked.push(request.podSelector);
      yield {};
    });
    await read(routes, { pod });
    expect(asked).toEqual([podSelector ?? { case: undefined }]);
  });
});
