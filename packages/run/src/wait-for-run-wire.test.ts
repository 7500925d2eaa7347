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

describe("following an action, through wait_for_run", () => {
  describe("keeps its time when Flyte hangs", () => {
    const hang = (signal: AbortSignal) => stayOpen(signal).then(() => ({}));

    it("in the list of waiting actions", async () => {
      const { answer } = await connectClient({
        groups: [run],
        flyte: playFlyte((router) =>
          router.service(RunService, {
            getActionDetails: () => at(ActionPhase.RUNNING),
            listActions: (_request, { signal }) => hang(signal),
          }),
        ),
      });
      const began = Date.now();
      expect(await answer("wait_for_run", { name: "r1", timeout_s: 0.1 })).toMatchObject({ timed_out: true });
      expect(Date.now() - began).toBeLessThan(5_000);
    });

    it("in a later read", async () => {
      let reads = 0;
      const { answer } = await connectClient({
        groups: [run],
        flyte: playFlyte((router) =>
          router.service(RunService, {
            getActionDetails: (_request, { signal }) =>
              ++reads > 1 ? hang(signal) : at(ActionPhase.RUNNING),
            async *watchActionDetails() {
              yield at(ActionPhase.RUNNING);
            },
            listActions: () => ({ actions: [] }),
          }),
        ),
      });
      const began = Date.now();
      expect(await answer("wait_for_run", { name: "r1", timeout_s: 0.3 })).toMatchObject({ timed_out: true });
      expect(Date.now() - began).toBeLessThan(5_000);
    });

    it("in the first read, which it says", async () => {
      const { failure } = await connectClient({
        groups: [run],
        flyte: playFlyte((router) =>
          router.service(RunService, { getActionDetails: (_request, { signal }) => hang(signal) }),
        ),
      });
      const began = Date.now();
      expect(await failure("wait_for_run", { name: "r1", timeout_s: 0.1 })).toContain(
        "did not answer in time",
      );
      expect(Date.now() - began).toBeLessThan(8_000);
    });
  });

  it("survives a first read that fails once", async () => {
    let reads = 0;
    const { answer } = await play(
      () => {
        if (++reads === 1) throw new ConnectError("connection reset", Code.Unavailable);
        return ActionPhase.SUCCEEDED;
      },
      async function* () {
        throw new ConnectError("not to be watched", Code.Internal);
      },
    );
    expect(await answer("wait_for_run", { name: "r1" })).toMatchObject({ phase: "succeeded" });
  });

  it("gives the state also where the waiting actions cannot be read", async () => {
    const { answer } = await connectClient({
      groups: [run],
      flyte: playFlyte((router) =>
        router.service(RunService, {
          getActionDetails: () => at(ActionPhase.RUNNING),
          listActions: () => {
            throw new ConnectError("no", Code.PermissionDenied);
          },
        }),
      ),
    });
    expect(await answer("wait_for_run", { name: "r1", timeout_s: 0 })).toMatchObject({
      phase: "running",
      timed_out: true,
    });
  });
});
