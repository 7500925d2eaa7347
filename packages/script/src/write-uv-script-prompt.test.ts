import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import type { TestClientOptions } from "@flyte-mcp/core/testing";
import { script } from "./index.ts";

const connect = (policy: TestClientOptions["policy"] = {}) =>
  connectClient({ groups: [script()], flyte: playFlyte(() => undefined), policy });

describe("the prompt write_uv_script", () => {
  it("holds the format and the goal", async () => {
    const { client, answer } = await connect();
    const goal = "count words";
    const { messages } = await client.getPrompt({ name: "write_uv_script", arguments: { goal } });
    const { format } = await answer("flyte_uv_script_format");
    const text = messages[0]?.content.type === "text" ? messages[0].content.text : "";
    expect(text).toContain("does this: count words\n");
    expect(text).toContain(String(format));
  });

  it("is offered only where a script may be run", async () => {
    for (const policy of [{ readOnly: true }, { tasks: ["seed.add"] }]) {
      const { client } = await connect(policy);
      expect(client.getServerCapabilities()).toEqual({ tools: {} });
    }
  });
});
