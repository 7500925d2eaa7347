import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { ToolContext } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";
import { createServer } from "./create-server.ts";

const flyte = playFlyte(() => undefined);

async function connectProbe(run: (context: ToolContext) => void) {
  const tool = defineTool({
    name: "list_things",
    title: "Probe",
    description: "Does it.",
    effect: "read",
    input: z.object({}),
    output: z.object({ done: z.boolean() }),
    run(_input, context) {
      run(context);
      return Promise.resolve({ done: true });
    },
  });
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  return connectClient({ groups, flyte });
}

describe("a server", () => {
  it("presents itself by name, version and tools alone", async () => {
    const { client } = await connectProbe(() => undefined);
    expect(client.getServerVersion()).toEqual({ name: "test", version: "0.0.0" });
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
  });

  it("is not made with a policy that names what it does not have", () => {
    const options = { name: "test", version: "0.0.0", groups: [], flyte };
    expect(() => createServer({ ...options, policy: { groups: ["task"] } })).toThrow(
      'Unknown tool group "task". Known: all, core.',
    );
  });

  it("answers an unknown tool with a protocol error that offers the nearest", async () => {
    const { client } = await connectProbe(() => undefined);
    const call = client.callTool({ name: "list_thing", arguments: {} });
    await expect(call).rejects.toMatchObject({ code: -32602 });
    await expect(call).rejects.toThrow('There is no tool "list_thing". Did you mean "list_things"?');
  });

  it("takes a call without arguments", async () => {
    const { client } = await connectProbe(() => undefined);
    expect(await client.callTool({ name: "list_things" })).toEqual({
      structuredContent: { done: true },
      content: [{ type: "text", text: '{"done":true}' }],
    });
  });
});

describe("progress", () => {
  const report = ({ progress }: ToolContext) => {
    progress({ progress: 1, total: 3, message: "one of three" });
    progress({ progress: 2, message: "two" });
  };

  it("is told to a caller that asks", async () => {
    const { answer } = await connectProbe(report);
    const heard: unknown[] = [];
    await answer("list_things", {}, { onprogress: (update) => heard.push(update) });
    expect(heard).toEqual([
      { progress: 1, total: 3, message: "one of three" },
      { progress: 2, message: "two" },
    ]);
  });

  it("shows no credential", async () => {
    const { answer } = await connectProbe(({ progress }) => {
      progress({ progress: 1, message: "reading https://s3.example/b/k?X-Amz-Signature=canary" });
    });
    const heard: unknown[] = [];
    await answer("list_things", {}, { onprogress: (update) => heard.push(update) });
    expect(heard).toEqual([{ progress: 1, message: "reading https://s3.example/b/k?[redacted]" }]);
  });

  it("is told to nobody who does not", async () => {
    const { client, answer } = await connectProbe(report);
    const heard: string[] = [];
    client.fallbackNotificationHandler = ({ method }) => {
      heard.push(method);
      return Promise.resolve();
    };
    client.onerror = ({ message }) => heard.push(message);
    await answer("list_things");
    expect(heard).toEqual([]);
  });
});
