import assert from "node:assert/strict";
import { test } from "node:test";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { createSandbox } from "@flyte-mcp/sandbox";
import { report } from "./index.ts";

test("the prompt holds the figures, and is held to an allowlist", async () => {
  const sandbox = createSandbox();
  const policy = { tasks: ["seed.add"] };
  const { client } = await connectClient({ groups: [report], flyte: playFlyte(sandbox.routes), policy });
  const ask = (workflow: string) => client.getPrompt({ name: "report_task", arguments: { workflow } });
  assert.match(JSON.stringify(await ask("seed.add")), /succeeded/);
  await assert.rejects(ask("payroll.pay"), /not on this server's task allowlist/);
  await sandbox.close();
});
