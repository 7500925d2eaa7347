import { createFlyte } from "@flyte-mcp/core";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { startSandbox } from "@flyte-mcp/sandbox";
import { script } from "./index.ts";

const SCRIPT = "# /// script\n# dependencies = []\n# ///\nprint(1)\n";

it("changes things, so that a read-only server only tells how scripts are written", async () => {
  const flyte = playFlyte(() => undefined);
  const { client } = await connectClient({ groups: [script()], flyte, policy: { readOnly: true } });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["flyte_uv_script_format", "flyte_uv_script_example"]);
});

it("runs a script under a task allowlist only where that holds the scripts' task", async () => {
  const plane = await startSandbox({ execute: false });
  const flyte = createFlyte({ endpoint: plane.url, project: "flytesnacks", domain: "development" });
  const under = (tasks: string[]) =>
    connectClient({ groups: [script()], flyte, policy: { tasks, tools: ["run_uv_script_remote"] } });
  const created = () => plane.sandbox.calls().filter(({ procedure }) => procedure.endsWith("/CreateRun"));
  const [closed, open] = [await under(["seed.add"]), await under(["mcp_scripts.run_script"])];
  expect(await closed.failure("run_uv_script_remote", { script: SCRIPT })).toContain(
    "mcp_scripts.run_script is not on this server's task allowlist",
  );
  expect(created()).toEqual([]);
  await open.answer("run_uv_script_remote", { script: SCRIPT });
  expect(created()).toHaveLength(1);
  await plane.close();
});
