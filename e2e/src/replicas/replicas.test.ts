import { startSandbox } from "@flyte-mcp/sandbox";
import { startHttp } from "../built-apps.ts";
import type { HttpServer } from "../built-apps.ts";
import { playPlane } from "../http-security/play-plane.ts";
import type { Answer } from "../sdk-client.ts";
import { connectCaller, isRetriable, retry } from "./callers.ts";
import type { Caller } from "./callers.ts";
import { startRoundRobin } from "./round-robin.ts";
import type { Forwarded } from "./round-robin.ts";

const [KILLED, STOPPED] = [0, 1];
const TWENTY = Array.from({ length: 20 }, (_, at) => at);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

// The plane reports each answer that a killed replica no longer takes; that is what is tried here.
const report = console.error;
beforeAll(() => {
  console.error = (...said: unknown[]) => {
    if (!said.some((each) => String(each).includes("after a stream was destroyed"))) report(...said);
  };
});
afterAll(() => void (console.error = report));

async function startReplicas(where: readonly string[]): Promise<HttpServer[]> {
  const start = () => startHttp(["--auth", "passthrough", "--rate-limit", "0", ...where]);
  const replicas = await Promise.all([start(), start(), start()]);
  closing.push(() => Promise.all(replicas.map((replica) => end(replica, "SIGKILL"))));
  return replicas;
}

function end(replica: HttpServer, signal: NodeJS.Signals): Promise<number | null> {
  replica.signal(signal);
  return replica.exited;
}

async function connectCallers(
  replicas: readonly HttpServer[],
  onCall?: (calls: readonly Forwarded[]) => void,
) {
  const urls = replicas.map(({ url }) => url);
  const balancer = await startRoundRobin(urls, onCall);
  closing.push(balancer.close);
  const callers = await Promise.all(TWENTY.map((at) => connectCaller(balancer.url, `token-${at}`)));
  closing.push(() => Promise.all(callers.map((caller) => caller.close())));
  return { balancer, callers };
}

describe("three replicas behind a balancer", () => {
  it("lose the calls of the one that is killed and no other, and these are answered when they are made again", async () => {
    const plane = await playPlane({});
    closing.push(plane.close);
    const replicas = await startReplicas(plane.where);
    const { balancer, callers } = await connectCallers(replicas);
    const { callers: others } = await connectCallers(replicas);
    const getRun = (caller: Caller, at: number) => caller.call("get_run", { name: `run-${at}` });
    plane.hold();
    const calls = Promise.allSettled(callers.map(getRun));
    await until(() => plane.held() === callers.length);

    await end(replicas[KILLED]!, "SIGKILL");
    const stopped = end(replicas[STOPPED]!, "SIGTERM");
    await until(() => replicas[STOPPED]?.stderr().includes("stopping when") === true);
    // Life goes on meanwhile, so that a replica that ends before its calls have ended does so here.
    for (let round = 0; round < 5; round++)
      await Promise.all(others.map((other) => retry(() => other.call("list_projects", {}))));
    plane.letGo();
    const first = await calls;
    expect(await stopped).toBe(0);

    const lost = TWENTY.filter((at) => first[at]?.status === "rejected");
    const onReplica = (replica: number) =>
      TWENTY.filter((at) =>
        balancer.calls.some((call) => call.replica === replica && call.body.includes(`"run-${at}"`)),
      );
    expect([onReplica(KILLED).length, onReplica(STOPPED).length].every((count) => count > 0)).toBe(true);
    expect(lost).toEqual(onReplica(KILLED));
    const reasons = first.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
    expect(reasons.filter((reason) => !isRetriable(reason))).toEqual([]);

    const again = await Promise.all(callers.map((caller, at) => retry(() => getRun(caller, at))));
    expect(again.map(({ name }) => name)).toEqual(TWENTY.map((at) => `run-${at}`));
    for (const [at, each] of first.entries())
      if (each.status === "fulfilled") expect(each.value).toEqual(again[at]);
    const asked = plane.seen.filter(({ rpc }) => rpc === "getActionDetails");
    expect(
      asked.filter(({ run, authorization }) => authorization !== `Bearer ${run.replace("run", "token")}`),
    ).toEqual([]);
  });

  it("answer a load alike while one is killed and another stopped", async () => {
    const sandbox = await startSandbox();
    closing.push(sandbox.close);
    const where = ["--endpoint", sandbox.url, "--project", "flytesnacks", "--domain", "development"];
    const replicas = await startReplicas(where);
    const ends: Promise<number | null>[] = [];
    const { callers } = await connectCallers(replicas, (calls) => {
      if (calls.length === 60) ends.push(end(replicas[KILLED]!, "SIGKILL"));
      if (calls.length === 120) ends.push(end(replicas[STOPPED]!, "SIGTERM"));
    });
    let failures = 0;
    const ask = (caller: Caller, name: string, args: Answer) =>
      retry(
        () => caller.call(name, args),
        () => failures++,
      );
    const { runs } = (await ask(callers[0]!, "list_runs", {})) as { runs: { name: string }[] };
    const questions = [["list_tasks", {}], ...runs.slice(0, 9).map(({ name }) => ["get_run", { name }])] as [
      string,
      Answer,
    ][];
    const askAll = async (caller: Caller) => {
      const answers: Answer[] = [];
      for (const [name, args] of questions) answers.push(await ask(caller, name, args));
      return answers;
    };
    const expected = await askAll(callers[0]!);
    const answers = await Promise.all(callers.map(askAll));

    expect(await Promise.all(ends)).toEqual([null, 0]);
    expect(failures).toBeGreaterThan(0);
    expect(answers).toEqual(TWENTY.map(() => expected));
  });
});

/** Waits until something holds; gives up long after it should. */
async function until(holds: () => boolean): Promise<void> {
  for (let left = 3_000; !holds(); left--) {
    if (left === 0) throw new Error(`It never came to hold: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
