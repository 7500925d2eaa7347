import type { z } from "zod";
import type { Content } from "./content.ts";
import type { Tool } from "./contract.ts";
import type { Complete, ReadContext } from "./resource.ts";

export interface PromptMessage {
  /** The user when left out. */
  role?: "user" | "assistant";
  content: string | Content;
}

export interface PromptDefinition<In extends z.ZodObject> {
  /** `[a-z0-9_]`, verb first, at most 40 characters. */
  name: string;
  title: string;
  description: string;
  /** Tools of the same group that it rests on, at least one: it exists only where policy leaves all of them. */
  uses: readonly Tool[];
  /** MCP gives prompts texts only, so every field takes one. */
  input: In;
  complete?: { [K in keyof z.output<In>]?: Complete };
  /** Held to `effect: "read"`. */
  get(input: z.output<In>, context: ReadContext): Promise<readonly PromptMessage[]>;
}

export type Prompt = PromptDefinition<z.ZodObject>;

/** Returns what it is given, typed. */
export function definePrompt<In extends z.ZodObject>(prompt: PromptDefinition<In>): PromptDefinition<In> {
  return prompt;
}
