import type { Tool as ListedTool } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { Tool } from "../contract.ts";

const listings = new WeakMap<Tool, ListedTool>();

/** Takes over a listing that was made before. */
export function rememberListing(tool: Tool, listing: ListedTool): void {
  listings.set(tool, listing);
}

/** How a tool is shown to clients; made once for each tool. */
export function listTool(tool: Tool): ListedTool {
  const known = listings.get(tool);
  if (known) return known;
  const listing = { ...describe(tool), inputSchema: inputSchema(tool) };
  listings.set(tool, listing);
  return listing;
}

function describe({ name, title, description, effect, idempotent }: Tool) {
  const readOnlyHint = effect === "read";
  const annotations = {
    title,
    readOnlyHint,
    destructiveHint: effect === "destructive",
    idempotentHint: readOnlyHint || idempotent === true,
    openWorldHint: false,
  };
  return { name, title, description, annotations };
}

function inputSchema(tool: Tool): ListedTool["inputSchema"] {
  return dropNoise(z.toJSONSchema(tool.input, { io: "input" })) as ListedTool["inputSchema"];
}

/** Bounds stand in words in every description, since some clients drop the keywords; twice would be too much. */
const NOISE = ["$schema", "propertyNames", "minimum", "maximum", "minLength", "maxLength", "pattern"];

function dropNoise(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(dropNoise);
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node).filter(([key, value]) => !isNoise(key, value));
  return Object.fromEntries(
    kept.map(([key, value]) => (key === "properties" ? [key, eachOf(value)] : tidy(key, value))),
  );
}

/** Properties have names of their own, also those of keywords. */
function eachOf(properties: object): object {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, dropNoise(schema)]));
}

function tidy(key: string, value: unknown): [string, unknown] {
  return spellOut(key, isAnything(key, value) || dropNoise(value));
}

function isNoise(key: string, value: unknown): boolean {
  return NOISE.includes(key) || (key === "default" && value === false);
}

/** Some providers read one type per schema only. */
function spellOut(key: string, value: unknown): [string, unknown] {
  const isMany = key === "type" && Array.isArray(value);
  return isMany ? ["anyOf", value.map((type: unknown) => ({ type }))] : [key, value];
}

/** The schema that accepts any value, which some clients read only when it is spelled `true`. */
function isAnything(key: string, value: unknown): boolean {
  return key === "additionalProperties" && JSON.stringify(value) === "{}";
}
