import type { Tool as ListedTool } from "@modelcontextprotocol/sdk/types.js";
import type { Tool, ToolGroup } from "../contract.ts";
import type { Prompt } from "../prompt.ts";
import type { Complete, Resource } from "../resource.ts";
import { listTool, rememberListing } from "./tool-listing.ts";

type ToolFacts = Pick<Tool, "name" | "title" | "description" | "effect" | "idempotent" | "inlineCode">;

type OfferFacts<T extends Resource | Prompt> = Pick<T, "name" | "title" | "description"> & {
  /** Its tools by name. */
  uses: readonly string[];
  /** The arguments that it completes. */
  completes: readonly string[];
};

/** What is known of a group before its code is loaded. */
export interface GroupListing {
  name: string;
  description: string;
  tools: readonly (ToolFacts & { listing: ListedTool })[];
  resources: readonly (OfferFacts<Resource> & Pick<Resource, "uri" | "mimeType">)[];
  prompts: readonly OfferFacts<Prompt>[];
}

/** Describes a group, in plain JSON. */
export function listGroup({
  name,
  description,
  tools,
  resources = [],
  prompts = [],
}: ToolGroup): GroupListing {
  return {
    name,
    description,
    tools: tools.map((tool) => ({ ...factsOf(tool), listing: listTool(tool) })),
    resources: resources.map(({ uri, mimeType, ...offer }) => ({ uri, mimeType, ...describeOffer(offer) })),
    prompts: prompts.map(describeOffer),
  };
}

/** A group whose code is loaded when something of it is called; `listing` must describe what `load` returns. */
export function createListedGroup(listing: GroupListing, load: () => ToolGroup): ToolGroup {
  let loaded: ToolGroup | undefined;
  const group = () => (loaded ??= load());
  const tools = listing.tools.map((facts) =>
    createTool(facts, () => find(group().tools, "name", facts.name)),
  );
  const usesOf = (names: readonly string[]) => tools.filter(({ name }) => names.includes(name));
  const resources = listing.resources.map(({ completes, uses, ...facts }): Resource => {
    const own = () => find(group().resources, "uri", facts.uri);
    const read: Resource["read"] = (variables, context) => own().read(variables, context);
    return { ...facts, uses: usesOf(uses), ...completeLater(completes, own), read };
  });
  const prompts = listing.prompts.map(({ completes, uses, ...facts }): Prompt => {
    const own = () => find(group().prompts, "name", facts.name);
    return {
      ...facts,
      uses: usesOf(uses),
      ...completeLater(completes, own),
      get input() {
        return own().input;
      },
      get: (input, context) => own().get(input, context),
    };
  });
  return { name: listing.name, description: listing.description, tools, resources, prompts };
}

function factsOf({ name, title, description, effect, idempotent, inlineCode }: Tool): ToolFacts {
  const marks = { ...(idempotent && { idempotent }), ...(inlineCode && { inlineCode }) };
  return { name, title, description, effect, ...marks };
}

function describeOffer(
  offer: Pick<Resource | Prompt, "name" | "title" | "description" | "uses" | "complete">,
) {
  const { name, title, description, uses, complete = {} } = offer;
  return { name, title, description, uses: uses.map((tool) => tool.name), completes: Object.keys(complete) };
}

type Completers = { [argument: string]: Complete };

function completeLater(
  names: readonly string[],
  load: () => { complete?: object },
): { complete?: Completers } {
  if (names.length === 0) return {};
  const later = (name: string): Complete => {
    return (...given) => (load().complete as Completers)[name]?.(...given) ?? Promise.resolve([]);
  };
  return { complete: Object.fromEntries(names.map((name) => [name, later(name)])) };
}

function createTool({ listing, ...facts }: GroupListing["tools"][number], load: () => Tool): Tool {
  const tool: Tool = {
    ...facts,
    get input() {
      return load().input;
    },
    get output() {
      return load().output;
    },
    run: (input, context) => load().run(input, context),
  };
  rememberListing(tool, listing);
  return tool;
}

function find<T, K extends keyof T>(all: readonly T[] | undefined, key: K, value: T[K]): T {
  const found = all?.find((each) => each[key] === value);
  if (found === undefined) throw new Error(`"${String(value)}" is listed and not there`);
  return found;
}
