import { setTimeout as sleep } from "node:timers/promises";
import { Code, ConnectError } from "@connectrpc/connect";
import type { ServiceImpl } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { run } from "./index.ts";

type Runs = Partial<ServiceImpl<typeof RunService>>;

const named = { run: { project: "flytesnacks", domain: "development", name: "r1" }, name: "a0" };
const at = (phase: ActionPhase) => ({ details: { id: named, status: { phase } } });

/** A plane whose action is read as `phases()` says and watched by `watch`. */
function play(phase: () => ActionPhase, watch: Runs["watchActionDetails"]) {
  const implementation: Runs = {
    getActionDetails: () => at(phase()),
    watchActionDetails: watch,
    listActions: () => ({ actions: [] }),
  };
  return connectClient({
    groups: [run],
    flyte: playFlyte((router) => router.service(RunService, implementation)),
  });
}

/** Stays open until the watcher leaves. */
async function stayOpen(signal: AbortSignal): Promise<void> {
  await sleep(60_000, undefined, { signal }).catch(() => undefined);
}

describe("wait_for_run", () => {
  it("answers at once for a run that has ended", async () => {
    const { answer } = await play(
      () => ActionPhase.SUCCEEDED,
      async function* () {
        throw new ConnectError("not to be watched", Code.Internal);
      },
    );
    expect(await answer("wait_for_run", { name: "r1" })).toMatchObject({
      name: "r1",
      phase: "succeeded",
      done: true,
    });
  });

  it("leaves a stream that stays open after the end, as after an abort", async () => {
    const { answer } = await play(
      () => ActionPhase.RUNNING,
      async function* (_request, { signal }) {
        yield at(ActionPhase.RUNNING);
        yield at(ActionPhase.ABORTED);
        await stayOpen(signal);
      },
    );
    const began = Date.now();
    expect(await answer("wait_for_run", { name: "r1" })).toMatchObject({ phase: "aborted", done: true });
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it("reads on when the stream ends before the run's own phase is terminal", async () => {
    let ended = 0;
    const { answer } = await play(
      () => (ended > 0 && Date.now() - ended > 80 ? ActionPhase.SUCCEEDED : ActionPhase.RUNNING),
      async function* () {
        yield at(ActionPhase.RUNNING);
        ended ||= Date.now();
      },
    );
    expect(await answer("wait_for_run", { name: "r1" })).toMatchObject({ phase: "succeeded", done: true });
  });

  it("survives cut streams", async () => {
    let watched = 0;
    const { answer } = await play(
      () => ActionPhase.RUNNING,
      async function* () {
        watched += 1;
        yield at(ActionPhase.RUNNING);
        if (watched < 3) throw new ConnectError("stream reset", Code.Aborted);
        yield at(ActionPhase.FAILED);
      },
    );
    expect(await answer("wait_for_run", { name: "r1" })).toMatchObject({ phase: "failed", done: true });
    expect(watched).toBe(3);
  });

  it("polls where there is no watch stream", async () => {
    let reads = 0;
    const { answer } = await play(
      () => (++reads > 2 ? ActionPhase.SUCCEEDED : ActionPhase.RUNNING),
      undefined,
    );
    expect(await answer("wait_for_run", { name: "r1" })).toMatchObject({ phase: "succeeded" });
  });

  it("returns with timed_out and what to do next when the time is up", async () => {
    const { answer } = await play(
      () => ActionPhase.RUNNING,
      async function* (_request, { signal }) {
        yield at(ActionPhase.RUNNING);
        await stayOpen(signal);
      },
    );
    expect(await answer("wait_for_run", { name: "r1", timeout_s: 0.1 })).toEqual({
      name: "r1",
      phase: "running",
      done: false,
      timed_out: true,
      message: "The run is still running. Call wait_for_run again to go on waiting, or abort_run to stop it.",
      url: "http://console.test/v2/domain/development/project/flytesnacks/runs/r1",
    });
  });

  it("names the actions that wait for a person", async () => {
    const { answer } = await connectClient({
      groups: [run],
      flyte: playFlyte((router) =>
        router.service(RunService, {
          getActionDetails: () => at(ActionPhase.RUNNING),
          async *watchActionDetails(_request, { signal }) {
            yield at(ActionPhase.RUNNING);
            await stayOpen(signal);
          },
          listActions: ({ request }) => ({
            actions: request?.filters[0]?.values[0] === "9" ? [{ id: { ...named, name: "approve" } }] : [],
          }),
        }),
      ),
    });
    expect(await answer("wait_for_run", { name: "r1", timeout_s: 0 })).toMatchObject({
      timed_out: true,
      waiting_for: ["approve"],
      message:
        "The run waits for a person to answer approve; waiting longer does not help. See list_conditions, then signal_condition.",
    });
  });

  it("sends growing progress for each phase", async () => {
    const { answer } = await play(
      () => ActionPhase.QUEUED,
      async function* () {
        yield at(ActionPhase.RUNNING);
        yield at(ActionPhase.SUCCEEDED);
      },
    );
    const seen: unknown[] = [];
    await answer("wait_for_run", { name: "r1" }, { onprogress: (progress) => seen.push(progress) });
    expect(seen).toEqual([
      { progress: 1, message: "The run is queued." },
      { progress: 2, message: "The run is running." },
      { progress: 3, message: "The run is succeeded." },
    ]);
  });

  it("stops watching when the caller cancels", async () => {
    let left: () => void;
    const hasLeft = new Promise<void>((resolve) => (left = resolve));
    const caller = new AbortController();
    const { answer } = await play(
      () => ActionPhase.RUNNING,
      async function* (_request, { signal }) {
        yield at(ActionPhase.RUNNING);
        caller.abort();
        await stayOpen(signal);
        left();
      },
    );
    await expect(answer("wait_for_run", { name: "r1" }, { signal: caller.signal })).rejects.toThrow();
    await hasLeft;
  });

  it("gives up at once on a run that does not exist", async () => {
    const { failure } = await connectClient({
      groups: [run],
      flyte: playFlyte((router) =>
        router.service(RunService, {
          getActionDetails: () => {
            throw new ConnectError("action not found: action not found", Code.NotFound);
          },
          listRuns: () => ({ runs: [{ action: { id: named } }] }),
        }),
      ),
    });
    expect(await failure("wait_for_run", { name: "r2" })).toBe(
      'There is no run "r2" in flytesnacks/development. Did you mean "r1"? Call list_runs to see what exists. [not_found]',
    );
  });
});
