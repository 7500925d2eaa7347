import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { script } from "./index.ts";

const MOST: Record<string, number> = {
  run_uv_script_remote: 1_300,
  flyte_uv_script_format: 300,
  flyte_uv_script_example: 300,
};

it("lists its tools in few words", async () => {
  const { client } = await connectClient({ groups: [script()], flyte: playFlyte(() => undefined) });
  const { tools } = await client.listTools();
  const long = tools
    .map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))
    .map((tool) => [tool.name, JSON.stringify(tool).length] as const)
    .filter(([name, size]) => size >= (MOST[name] ?? 0));
  expect(long).toEqual([]);
});
