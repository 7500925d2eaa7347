import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { build } from "./index.ts";

it("lists its tools in few words", async () => {
  const mcp = await connectClient({ groups: [build], flyte: playFlyte(() => undefined) });
  const { tools } = await mcp.client.listTools();
  const [image, script] = tools.map(
    ({ name, description = "", inputSchema }) => (name + description + JSON.stringify(inputSchema)).length,
  );
  expect(image).toBeLessThan(1_200);
  expect(script).toBeLessThan(600);
  await mcp.close();
});
