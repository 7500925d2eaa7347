import type { z } from "zod";
import type { Tool, ToolContext, ToolDefinition } from "./contract.ts";

/** What a resource or a prompt has at hand: what a tool has that reads, and the answers of the tools it uses. */
export interface ReadContext extends Omit<ToolContext, "attach" | "upload"> {
  /** What one of the tools in `uses` answers, checked, hidden and cut as for its own caller; throws as the tool does. */
  answer<In extends z.ZodObject, Out extends z.ZodType>(
    tool: ToolDefinition<In, Out>,
    input: z.input<In>,
  ): Promise<z.output<Out>>;
}

/**
 * Names that an argument may take, of which core offers the first 100 that begin with `value`.
 * `given` holds what the caller has filled in so far. One request to Flyte is enough: it is called while somebody types.
 */
export type Complete = (
  value: string,
  context: ReadContext,
  given: { [name: string]: string },
) => Promise<readonly string[]>;

export interface Resource {
  /** An address, or a template (RFC 6570): `{name}` is one segment of it, `{+name}` the rest; all are required. */
  uri: string;
  /** `[a-z0-9_]`, at most 40 characters. */
  name: string;
  title: string;
  description: string;
  mimeType: string;
  /** Tools of the same group that it rests on, at least one: it exists only where policy leaves all of them. */
  uses: readonly Tool[];
  /** By the name of a variable in the template. */
  complete?: { [variable: string]: Complete };
  /** A text, bytes (at most 1,000,000 characters as base64), or an object that is sent as JSON; held to `effect: "read"`. */
  read(variables: { [name: string]: string }, context: ReadContext): Promise<string | Uint8Array | object>;
}

/** Returns what it is given, typed. */
export function defineResource(resource: Resource): Resource {
  return resource;
}
