import { setTimeout as sleep } from "node:timers/promises";
import { Code, ConnectError } from "@connectrpc/connect";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { ActionAttemptSchema } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { logs } from "./index.ts";

type Attempt = MessageInitShape<typeof ActionAttemptSchema>;
type Tail = NonNullable<ServiceImpl<typeof DataProxyService>["tailLogs"]>;

const pods = [
  { podName: "r1-0", primaryContainerName: "main", containers: [{ containerName: "main" }] },
  {
    podName: "r1-1",
    primaryContainerName: "main",
    containers: [{ containerName: "main" }, { containerName: "gpu" }],
  },
];
const logged = { attempt: 1, logsAvailable: true, logContext: { pods, primaryPodName: "r1-0" } };

/** A plane with one action, whose log is played by `tailLogs`, or that serves none. */
async function play(phase: ActionPhase, attempt: Attempt, tailLogs?: Tail) {
  const routes = (router: ConnectRouter) => {
    const attempts = [{ ...attempt, phase }];
    router.service(RunService, {
      getActionDetails: () => ({ details: { status: { phase, attempts: 1 }, attempts } }),
    });
    if (tailLogs) router.service(DataProxyService, { tailLogs });
  };
  const { answer, failure } = await connectClient({ groups: [logs], flyte: playFlyte(routes) });
  return {
    get: (args: object = {}) => answer("get_logs", { run_name: "r1", ...args }),
    fail: (args: object = {}) => failure("get_logs", { run_name: "r1", ...args }),
  };
}

const line = (message: string) => ({ lines: [{ message }] });
const from = (pod: string, container: string, message: string) => ({
  ...line(message),
  container: { kubernetesPodName: pod, kubernetesContainerName: container },
});

describe("get_logs", () => {
  it("says at once that an action waits, and does not open its log", async () => {
    const { get } = await play(ActionPhase.QUEUED, { attempt: 1 }, () => {
      throw new ConnectError("not to be opened", Code.Internal);
    });
    expect(await get()).toMatchObject({
      phase: "queued",
      lines: [],
      complete: false,
      message: "Nothing is printed yet: the attempt is queued. Call again, or give wait_s to wait for it.",
    });
  });

  it("says so when no container was ever started", async () => {
    const { get } = await play(ActionPhase.FAILED, {
      attempt: 1,
      errorInfo: { message: 'Back-off pulling image "x"' },
      clusterEvents: [{ message: "Demistify Pending" }],
    });
    expect(await get()).toMatchObject({
      message: "No container of this attempt was started, so it printed nothing; events say how far it came.",
      error: { message: 'Back-off pulling image "x"' },
      events: ["Demistify Pending"],
    });
  });

  it("leads to other places where the plane serves no logs", async () => {
    const { get } = await play(ActionPhase.RUNNING, {
      ...logged,
      logInfo: [{ name: "Cloud logs", uri: "https://logs.test/r1" }],
    });
    expect(await get()).toMatchObject({
      lines: [],
      message: "This control plane serves no logs; log_links, where there are any, lead to them.",
      log_links: [{ name: "Cloud logs", uri: "https://logs.test/r1" }],
    });
  });

  it("takes one pod or container, or names the source of each line", async () => {
    const asked: unknown[] = [];
    const { get } = await play(ActionPhase.SUCCEEDED, logged, async function* ({ podSelector }) {
      asked.push(podSelector.value);
      yield { logs: [from("r1-0", "main", "a"), from("r1-1", "main", "b"), from("r1-1", "gpu", "c")] };
    });
    expect(await get({ pod: "all" })).toMatchObject({
      lines: ["[r1-0/main] a", "[r1-1/main] b", "[r1-1/gpu] c"],
    });
    expect(await get({ pod: "r1-1", container: "gpu" })).toMatchObject({ lines: ["c"] });
    expect(asked).toEqual([true, "r1-1"]);
  });

  it("shows no other pod's lines where the plane knows no choice", async () => {
    const { get } = await play(ActionPhase.SUCCEEDED, logged, async function* () {
      yield { logs: [line("of the primary")] };
    });
    expect(await get({ pod: "r1-0", container: "main" })).toMatchObject({ lines: ["of the primary"] });
    expect(await get({ pod: "r1-1" })).toMatchObject({
      lines: [],
      message:
        "This control plane gives out the log of the primary container alone: leave pod and container out.",
    });
  });

  it("says what it did not find or could not read", async () => {
    const ended = await play(ActionPhase.SUCCEEDED, logged, async function* () {
      yield { logs: [line("one"), line("two")] };
    });
    expect(await ended.get({ grep: "three" })).toMatchObject({
      message: 'No line holds "three"; 2 were read.',
    });
    const broken = await play(ActionPhase.SUCCEEDED, logged, async function* () {
      yield { logs: [line("one")] };
      throw new ConnectError("reset", Code.Unavailable);
    });
    expect(await broken.get()).toMatchObject({
      lines: ["one"],
      complete: false,
      message: "The stream broke off; call again to read on.",
    });
    const endless = await play(ActionPhase.RUNNING, logged, async function* (_request, { signal }) {
      for (; !signal.aborted; await sleep(50)) yield { logs: [line("tick")] };
    });
    const began = Date.now();
    expect(await endless.get({ max_lines: 1 })).toMatchObject({
      lines: ["tick"],
      message: "The attempt prints on: newer lines may exist. Call again, or give a longer wait_s.",
    });
    expect(Date.now() - began).toBeLessThan(5_000);
    const refused = await play(ActionPhase.SUCCEEDED, logged, async function* () {
      yield {};
      throw new ConnectError("no", Code.PermissionDenied);
    });
    expect(await refused.fail()).toContain("[permission_denied]");
  }, 10_000);

  it("stays short unless more is asked for", async () => {
    const { get } = await play(ActionPhase.SUCCEEDED, logged, async function* () {
      yield { logs: Array.from({ length: 300 }, (_, index) => line(`${index} ${'\u00e9"'.repeat(400)}`)) };
    });
    const short = await get();
    expect(JSON.stringify(short).length).toBeLessThan(10_000);
    expect((short["lines"] as string[]).at(-1)).toMatch(/^299 /);
    const long = await get({ max_lines: 2_000 });
    expect(JSON.stringify(long).length).toBeGreaterThan(30_000);
    expect(JSON.stringify(long).length).toBeLessThan(40_000);
    expect(long).not.toHaveProperty("truncated");
  });
});
