import type { Tool as ListedTool } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { Tool } from "../contract.ts";

const listings = new WeakMap<Tool, ListedTool>();

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

const NOISE = ["$schema", "propertyNames"];

/** Zod lists +-9007199254740991 for any integer and that keys are strings; a model learns nothing from it, nor from that a text is not empty. */
function dropNoise(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(dropNoise);
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node).filter(([key, value]) => !isNoise(key, value));
  return Object.fromEntries(
    kept.map(([key, value]) => spellOut(key, isAnything(key, value) || dropNoise(value))),
  );
}

function isNoise(key: string, value: unknown): boolean {
  return NOISE.includes(key) || isSafeBound(value) || (key === "minLength" && value === 1);
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

function isSafeBound(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) === Number.MAX_SAFE_INTEGER;
}
