import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { ToolGroup } from "../contract.ts";
import { definePrompt } from "../prompt.ts";
import { defineResource } from "../resource.ts";
import { connectClient } from "../testing/connect-client.ts";
import { createListedGroup, listGroup } from "./listed-group.ts";
import type { GroupListing } from "./listed-group.ts";

const echo = defineTool({
  name: "say_back",
  title: "Say back",
  description: "Says a text back.",
  effect: "read",
  input: z.object({ text: z.string().describe("Any text.") }),
  output: z.object({ text: z.string() }),
  run: async ({ text }) => ({ text }),
});
const remove = defineTool({ ...echo, name: "remove_it", effect: "destructive", idempotent: true });
const complete = async () => ["one", "other"];
const note = defineResource({
  uri: "test://notes/{name}",
  name: "note",
  title: "Note",
  description: "A note.",
  mimeType: "application/json",
  uses: [echo],
  complete: { name: complete },
  read: ({ name = "" }, { answer }) => answer(echo, { text: name }),
});
const ask = definePrompt({
  name: "ask_it",
  title: "Ask",
  description: "Asks.",
  uses: [remove],
  input: z.object({ what: z.string().describe("What to ask.") }),
  complete: { what: complete },
  get: async ({ what }) => [{ content: what }],
});
const group = defineToolGroup({
  name: "probe",
  description: "Probes.",
  tools: [echo, remove],
  resources: [note],
  prompts: [ask],
});

async function connect(readOnly = false) {
  let loads = 0;
  const listing = JSON.parse(JSON.stringify(listGroup(group))) as GroupListing;
  const load = (): ToolGroup => {
    loads++;
    return group;
  };
  const listed = await connectClient({ groups: [createListedGroup(listing, load)], policy: { readOnly } });
  const whole = await connectClient({ groups: [group], policy: { readOnly } });
  return { ...listed, whole: whole.client, loads: () => loads };
}

it("lists what the group itself lists, under a policy too, and is not loaded for it", async () => {
  for (const readOnly of [false, true]) {
    const { client, whole, loads } = await connect(readOnly);
    expect(await client.listTools()).toEqual(await whole.listTools());
    expect(await client.listResourceTemplates()).toEqual(await whole.listResourceTemplates());
    expect(client.getServerCapabilities()).toEqual(whole.getServerCapabilities());
    expect(loads()).toBe(0);
  }
});

it("does what the group does, loaded once", async () => {
  const { client, whole, answer, failure, loads } = await connect();
  expect(await answer("say_back", { text: "hello" })).toEqual({ text: "hello" });
  expect(await failure("say_back", { txt: "hello" })).toContain('Did you mean "text"?');
  expect(await client.readResource({ uri: "test://notes/n1" })).toEqual(
    await whole.readResource({ uri: "test://notes/n1" }),
  );
  expect(await client.listPrompts()).toEqual(await whole.listPrompts());
  expect(await client.getPrompt({ name: "ask_it", arguments: { what: "why" } })).toMatchObject({
    messages: [{ content: { type: "text", text: "why" } }],
  });
  const completion = await client.complete({
    ref: { type: "ref/resource", uri: "test://notes/{name}" },
    argument: { name: "name", value: "o" },
  });
  expect(completion.completion.values).toEqual(["one", "other"]);
  expect(loads()).toBe(1);
});

it("names what is listed and not there", async () => {
  const listing = listGroup(group);
  const empty = () => ({ ...group, tools: [] });
  const { client } = await connectClient({ groups: [createListedGroup(listing, empty)] });
  const { isError, content } = await client.callTool({ name: "say_back", arguments: {} });
  expect(isError).toBe(true);
  expect(JSON.stringify(content)).toContain("internal");
});
