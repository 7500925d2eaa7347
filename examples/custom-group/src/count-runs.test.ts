import assert from "node:assert/strict";
import { test } from "node:test";
import { checkConventions, connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { report } from "./index.ts";

test("keeps the conventions for tools", () => {
  assert.deepEqual(checkConventions([report]), []);
});

test("counts runs by phase, on a Flyte played by a few lines", async () => {
  const run = (phase: number) => ({ action: { status: { phase } } });
  const flyte = playFlyte(({ service }) => {
    service(RunService, { listRuns: () => ({ runs: [run(5), run(5), run(6)] }) });
  });
  const { answer } = await connectClient({ groups: [report], flyte });
  const { total, phases } = await answer("count_runs", { workflow: "etl.load" });
  assert.deepEqual({ total, phases }, { total: 3, phases: { succeeded: 2, failed: 1 } });
});

test("counts the runs that the sandbox begins with", async () => {
  const sandbox = createSandbox();
  const { answer } = await connectClient({ groups: [report], flyte: playFlyte(sandbox.routes) });
  const { total } = await answer("count_runs", { workflow: "seed.add" });
  assert.ok(Number(total) > 0);
  await sandbox.close();
});

test("is held to an allowlist without a line of its own", async () => {
  const sandbox = createSandbox();
  const policy = { tasks: ["seed.add"] };
  const { failure } = await connectClient({ groups: [report], flyte: playFlyte(sandbox.routes), policy });
  assert.match(
    await failure("count_runs", { workflow: "payroll.pay" }),
    /not on this server's task allowlist/,
  );
  await sandbox.close();
});
