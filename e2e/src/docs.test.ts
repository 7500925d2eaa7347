import { flyteSettings } from "@flyte-mcp/core";
import type { Tool } from "@modelcontextprotocol/sdk/types.js";
import { allGroups } from "./all-groups.ts";
import { HTTP, STDIO, runToEnd } from "./built-apps.ts";
import { expectBlock } from "./generated-block.ts";
import { connectStdio } from "./sdk-client.ts";

const README = new URL("../../README.md", import.meta.url);
const SETTINGS = new URL("../../docs/settings.md", import.meta.url);
const groupOf = (tool: string) =>
  allGroups.find((group) => group.tools.some(({ name }) => name === tool))?.name;

describe("generated parts of the documentation (npm run docs writes them)", () => {
  it("lists the tools in the README", async () => {
    const { client, close } = await connectStdio(["--sandbox"]);
    const { tools } = await client.listTools();
    await close();
    expectBlock(
      README,
      "tools",
      ["| tool | group | effect | what it does |", "| --- | --- | --- | --- |", ...tools.map(row)].join("\n"),
    );
  });

  it("lists resources and prompts in the README", async () => {
    const { client, close } = await connectStdio(["--sandbox"]);
    const { resourceTemplates } = await client.listResourceTemplates();
    const { prompts } = await client.listPrompts();
    await close();
    const rows = [
      ...resourceTemplates.map(({ uriTemplate, description }) => ["resource", uriTemplate, description]),
      ...prompts.map(({ name, description }) => ["prompt", name, description]),
    ].map(([kind, name, description]) => `| ${kind} | \`${name}\` | ${description} |`);
    expectBlock(
      README,
      "offers",
      ["| kind | name | what it is |", "| --- | --- | --- |", ...rows].join("\n"),
    );
  });

  it.each([
    ["flyte-mcp", STDIO],
    ["flyte-mcp-http", HTTP],
  ])("lists the options of %s", async (name, program) => {
    const { stdout } = await runToEnd(program, ["--help"]);
    expectBlock(SETTINGS, name, ["```text", stdout.trim(), "```"].join("\n"));
  });
});

it("lists the places of each setting of Flyte", () => {
  const rows = Object.entries(flyteSettings).flatMap(([key, schema]) => {
    const { env = [], file, cluster = [], secret } = schema.meta() as unknown as PlacesOfSetting;
    const option = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const name = secret ? `FLYTE_MCP_${option.replaceAll("-", "_").toUpperCase()}` : `--${option}`;
    const places = [[name], env, file === undefined ? [] : [file], cluster].map(list);
    return places.join("").length === list([name]).length ? [] : [`| ${places.join(" | ")} |`];
  });
  const head = [
    "| setting | variables | key in the file | given by a control plane |",
    "| --- | --- | --- | --- |",
  ];
  expectBlock(SETTINGS, "places", [...head, ...rows].join("\n"));
});

interface PlacesOfSetting {
  env?: readonly string[];
  file?: string;
  cluster?: readonly string[];
  secret?: boolean;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function row({ name, description = "", annotations }: Tool): string {
  const effect = annotations?.readOnlyHint ? "read" : annotations?.destructiveHint ? "destructive" : "write";
  return `| [\`${name}\`](docs/tools.md#${name}) | ${groupOf(name)} | ${effect} | ${description.split(/(?<=\.) /)[0]} |`;
}
