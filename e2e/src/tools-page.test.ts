import type { Prompt, ResourceTemplate, Tool } from "@modelcontextprotocol/sdk/types.js";
import { allGroups } from "./all-groups.ts";
import { argumentRows, isPlaced } from "./describe-schema.ts";
import type { Schema } from "./describe-schema.ts";
import { expectBlock } from "./generated-block.ts";
import { connectStdio } from "./sdk-client.ts";

const PAGE = new URL("../../docs/tools.md", import.meta.url);

it("describes every tool, resource and prompt that the built server offers (npm run docs writes it)", async () => {
  const { client, close } = await connectStdio(["--sandbox"]);
  const [{ tools }, { resourceTemplates }, { prompts }] = [
    await client.listTools(),
    await client.listResourceTemplates(),
    await client.listPrompts(),
  ];
  await close();
  const sections = allGroups.map((group) => {
    const isOwn = ({ name }: { name: string }, own: readonly { name: string }[] = []) =>
      own.some((each) => each.name === name);
    return [
      `## ${group.name}`,
      group.description,
      ...tools.filter((tool) => isOwn(tool, group.tools)).map(describeTool),
      ...resourceTemplates.filter((each) => isOwn(each, group.resources)).map(describeResource),
      ...prompts.filter((prompt) => isOwn(prompt, group.prompts)).map(describePrompt),
    ].join("\n\n");
  });
  expectBlock(PAGE, "groups", sections.join("\n\n"));
});

function describeTool({ name, title, description = "", annotations, inputSchema }: Tool): string {
  const effect = annotations?.readOnlyHint ? "read" : annotations?.destructiveHint ? "destructive" : "write";
  const schema = inputSchema as Schema;
  const rows = argumentRows(schema);
  const head = [
    "| argument | what it must be | when left out | what it is for |",
    "| --- | --- | --- | --- |",
  ];
  return [
    `### ${name}`,
    `${title}, _${effect}_. ${description}`,
    ...(rows.length > 0 ? [[...head, ...rows].join("\n")] : []),
    ...(isPlaced(schema) ? ["Takes `project` and `domain`."] : []),
    ...(rows.length === 0 && !isPlaced(schema) ? ["Takes no arguments."] : []),
  ].join("\n\n");
}

function describeResource({ name, title, description, uriTemplate, mimeType }: ResourceTemplate): string {
  return [`### Resource ${name}`, `${title}: \`${uriTemplate}\` (${mimeType}). ${description}`].join("\n\n");
}

function describePrompt({ name, title, description, arguments: given = [] }: Prompt): string {
  const rows = given.map(
    (each) => `| \`${each.name}\` | ${each.required ? "required" : ""} | ${each.description ?? ""} |`,
  );
  const table = ["| argument | | what it is for |", "| --- | --- | --- |", ...rows];
  return [
    `### Prompt ${name}`,
    `${title}. ${description}`,
    rows.length > 0 ? table.join("\n") : "No arguments.",
  ].join("\n\n");
}
