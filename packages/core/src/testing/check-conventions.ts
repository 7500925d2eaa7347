import { z } from "zod";
import type { Tool, ToolGroup } from "../contract.ts";
import { listPrompt } from "../server/serve-prompts.ts";
import { listTool } from "../server/tool-listing.ts";

const MAX_NAME = 40;
const MAX_DESCRIPTION = 1_000;
const MAX_SCHEMA = 4_500;

/** What is against the conventions in these groups' tools, resources and prompts, one sentence each; empty when all is well. */
export function checkConventions(groups: readonly ToolGroup[]): string[] {
  return groups.flatMap(({ tools, resources = [], prompts = [] }) => [
    ...tools.flatMap((tool) => [...problemsOf(listTool(tool)), ...unsaidBounds(tool)]),
    ...resources.flatMap((resource) => tell(resource.name, wordProblems(resource))),
    ...prompts.map(listPrompt).flatMap((prompt) => tell(prompt.name, promptProblems(prompt))),
  ]);
}

function promptProblems(prompt: ReturnType<typeof listPrompt>): (string | false)[] {
  const silent = prompt.arguments.filter(({ name, description }) => !description && !SCOPE.includes(name));
  return [...wordProblems(prompt), ...silent.map(({ name }) => `${name} has no description`)];
}

/** Of what a model or a person reads first. */
function wordProblems({ name, title, description = "" }: Words): (string | false)[] {
  return [
    !/^[a-z]+(_[a-z0-9]+)*$/.test(name) && "its name is not lower-case words joined by underscores",
    name.length > MAX_NAME && `its name is longer than ${MAX_NAME}`,
    !title && "it has no title",
    description.length === 0 && "it has no description",
    description.length > MAX_DESCRIPTION && `its description is longer than ${MAX_DESCRIPTION}`,
  ];
}

interface Words {
  name: string;
  title?: string | undefined;
  description?: string | undefined;
}

function tell(name: string, problems: readonly (string | false)[]): string[] {
  return problems.filter((problem) => problem !== false).map((problem) => `${name}: ${problem}`);
}

/** The list leaves bounds out, so the words must say how large a number may be. */
function unsaidBounds({ name, input }: Tool): string[] {
  const { properties = {} } = z.toJSONSchema(input, { io: "input" });
  return Object.entries(properties).flatMap(([key, property]) => {
    if (typeof property !== "object") return [];
    const { maximum, description = "" } = property;
    const bounds = [maximum].filter((bound) => bound !== undefined && bound < UNBOUNDED);
    const plain = description.replaceAll(",", "");
    const unsaid = bounds.filter((bound) => !plain.includes(String(bound)));
    return unsaid.map((bound) => `${name}: ${key} does not say that ${bound} is the most`);
  });
}

/** What Zod writes for any integer. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/** What \`scopeInput\` names, whose default the server's instructions tell. */
const SCOPE = ["project", "domain"];

type Listing = ReturnType<typeof listTool>;

function problemsOf(tool: Listing): string[] {
  const { name, inputSchema } = tool;
  return tell(name, [
    ...wordProblems(tool),
    JSON.stringify(inputSchema).length > MAX_SCHEMA && `its input schema is longer than ${MAX_SCHEMA}`,
    inputSchema.type !== "object" && "its input is not an object",
    ...schemaProblems(inputSchema, ""),
  ]);
}

function schemaProblems(node: unknown, path: string): (string | false)[] {
  if (typeof node !== "object" || node === null) return [];
  const schema = node as Record<string, unknown>;
  const properties = Object.entries((schema["properties"] ?? {}) as Record<string, Record<string, unknown>>);
  const variants = ["anyOf", "oneOf", "allOf"].flatMap((key) => (schema[key] ?? []) as unknown[]);
  const inner = path === "" ? "" : `${path}.`;
  return [
    "$ref" in schema && `${path} is a $ref`,
    "const" in schema && `${path} is a const, not an enum`,
    [schema["type"]].flat().includes("null") && `${path} is nullable, not optional`,
    schema["type"] === "array" && !("items" in schema) && `${path} has no items`,
    ...properties.flatMap(([key, value]) => [
      !value["description"] &&
        !value["$ref"] &&
        !SCOPE.includes(`${inner}${key}`) &&
        `${inner}${key} has no description`,
      ...schemaProblems(value, `${inner}${key}`),
    ]),
    ...variants.flatMap((variant) => schemaProblems(variant, path)),
    ...schemaProblems(schema["items"], `${path}[]`),
    ...schemaProblems(schema["additionalProperties"], `${path}{}`),
  ];
}
