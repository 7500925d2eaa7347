import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { withCaller } from "../client/flyte.ts";
import { playFlyte } from "../testing/play-flyte.ts";
import { watchRefusals } from "./watch-refusals.ts";

function watched(code: Code) {
  const refuse = () => {
    throw new ConnectError("no", code);
  };
  const plane = playFlyte((router) => {
    router.service(IdentityService, { userInfo: refuse });
    router.service(RunService, {
      listRuns: refuse,
      async *watchRuns() {
        yield {};
        refuse();
      },
    });
  });
  let refusals = 0;
  const flyte = watchRefusals(withCaller(plane, "Bearer canary-token"), () => void refusals++);
  return { flyte, refusals: () => refusals };
}

async function drain(messages: AsyncIterable<unknown>) {
  for await (const message of messages) expect(message).toBeDefined();
}

it("tells of a refused call, and of a stream that is refused in its course", async () => {
  const { flyte, refusals } = watched(Code.Unauthenticated);
  const runs = createClient(RunService, flyte.transport);
  await expect(runs.listRuns({})).rejects.toThrow("unauthenticated");
  expect(refusals()).toBe(1);
  await expect(drain(runs.watchRuns({}))).rejects.toThrow("unauthenticated");
  expect(refusals()).toBe(2);
});

it("takes neither another error nor a missing identity for a refusal", async () => {
  const denied = watched(Code.PermissionDenied);
  await expect(createClient(RunService, denied.flyte.transport).listRuns({})).rejects.toThrow();
  const nobody = watched(Code.Unauthenticated);
  await expect(createClient(IdentityService, nobody.flyte.transport).userInfo({})).rejects.toThrow();
  expect([denied.refusals(), nobody.refusals()]).toEqual([0, 0]);
});

it("still hides the caller's credential", () => {
  expect(watched(Code.NotFound).flyte.secrets).toContain("canary-token");
});
