import { createClient, createRouterTransport } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { setTimeout as pause } from "node:timers/promises";
import { createSandbox } from "../create.ts";
import { integer } from "./literals.ts";

const SCOPE = { project: "flytesnacks", domain: "development" };
const sandbox = createSandbox({ paceMs: 4, history: false });
const runs = createClient(RunService, createRouterTransport(sandbox.routes));
afterAll(() => sandbox.close());

async function failureOf(task: string, inputs: Record<string, Literal>): Promise<string> {
  const run = { ...SCOPE, name: task.replace(/[^a-z]/g, "-") };
  const literals = Object.entries(inputs).map(([name, value]) => ({ name, value }));
  await runs.createRun({
    id: { case: "runId", value: run },
    task: { case: "taskId", value: { ...SCOPE, name: task, version: "v2" } },
    inputWrapper: { case: "inputs", value: { literals } },
  });
  for (;;) {
    const { details } = await runs.getActionDetails({ actionId: { run, name: "a0" } });
    if (details?.status?.phase === ActionPhase.FAILED && details.result.case === "errorInfo") {
      return details.result.value.message;
    }
    await pause(5);
  }
}

it("fails a sum that 64 bits do not hold", async () => {
  expect(await failureOf("seed.add", { a: integer(9223372036854775807n) })).toBe("int too big to convert");
});

it.each([
  ["seed.chatty", "lines", "the sandbox prints at most 100000 lines"],
  ["seed.fan_out", "n", "the sandbox starts at most 1000 children"],
  ["seed.fan_fail", "n", "the sandbox starts at most 1000 children"],
])("fails %s that would take the server's memory", async (task, input, message) => {
  expect(await failureOf(task, { [input]: integer(1_000_000_000n) })).toBe(message);
});
