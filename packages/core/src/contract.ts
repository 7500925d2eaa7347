import type { Client } from "@connectrpc/connect";
import type { DescService } from "@bufbuild/protobuf";
import type { z } from "zod";
import type { Artifact } from "./client/download-artifact.ts";
import type { UploadedFile } from "./client/upload-file.ts";
import type { Attachment } from "./content.ts";
import type { ConsoleUrl } from "./flyte/console-url.ts";
import type { Prompt } from "./prompt.ts";
import type { Resource } from "./resource.ts";

/** What a tool may do to Flyte. Core holds every RPC of the tool to it. */
export type Effect = "read" | "write" | "destructive";

/** Where a call works: `org` may be empty, the open-source plane ignores it. */
export interface Scope {
  org: string;
  project: string;
  domain: string;
}

/** The control plane that a server works with, as far as a caller may know it. */
export interface PlaneFacts {
  endpoint: string;
  /** Empty where none is configured or implied. */
  org: string;
  /** Of calls that name none. */
  project?: string | undefined;
  domain?: string | undefined;
  /** How calls are signed, `none` where they are not. */
  auth: string;
}

/** How far the work is; `total` is left out when it cannot be known. */
export interface ProgressUpdate {
  progress: number;
  total?: number;
  message: string;
}

export interface ToolContext {
  /** A typed client of any Flyte service, as far as the tool's effect and the server's policy allow. */
  flyte: <S extends DescService>(service: S) => Client<S>;
  /** Project and domain of this call: argument, then setting. Throws a tool error that names what is missing. */
  scope(args: { project?: string; domain?: string }): Scope;
  plane: PlaneFacts;
  /** The console page of a resource, or undefined where the console's address is unknown. */
  consoleUrl: ConsoleUrl;
  /** Puts a file into Flyte's store and gives its URI; a write, so only for tools that are declared one. */
  upload(scope: Scope, file: UploadedFile): Promise<string>;
  /** Reads an artifact, e.g. a run's code, by a link that Flyte signs; throws a tool error beyond `mostBytes`. */
  download(artifact: Artifact, mostBytes: number): Promise<Uint8Array>;
  /** Shows a picture, a sound or a resource after the answer; at most 1,000,000 characters together, 10,000 of them text. */
  attach(attachment: Attachment): void;
  /** Aborts when the caller cancels; RPCs made with `flyte` abort by themselves. */
  signal: AbortSignal;
  /** Tells the caller how far the work is; silent when it did not ask. */
  progress(update: ProgressUpdate): void;
}

export interface ToolDefinition<In extends z.ZodObject, Out extends z.ZodType> {
  /** `[a-z0-9_]`, verb first, at most 40 characters. */
  name: string;
  title: string;
  /** At most 1,000 characters; the first sentence says what it does and when to call it. */
  description: string;
  /** Annotations and read-only mode follow from it. */
  effect: Effect;
  idempotent?: boolean;
  /** It runs code that its caller writes, which no allowlist of tasks can name: under one it exists only where it is named. */
  inlineCode?: boolean;
  input: In;
  /** Parsed, not only declared: a field it does not name never leaves the server. */
  output: Out;
  run(input: z.output<In>, context: ToolContext): Promise<z.input<Out>>;
}

export type Tool = ToolDefinition<z.ZodObject, z.ZodType>;

export interface ToolGroup {
  name: string;
  description: string;
  tools: readonly Tool[];
  resources?: readonly Resource[];
  prompts?: readonly Prompt[];
}

/** Returns what it is given, typed and checked. */
export function defineTool<In extends z.ZodObject, Out extends z.ZodType>(
  tool: ToolDefinition<In, Out>,
): ToolDefinition<In, Out> {
  return tool;
}

/** Returns what it is given; throws when the name is reserved or not a plain word, or when `uses` names no tool of the group. */
export function defineToolGroup(group: ToolGroup): ToolGroup {
  if (["all", "core"].includes(group.name)) throw new Error(`"${group.name}" is a reserved group name`);
  if (!/^[a-z][a-z0-9-]*$/.test(group.name)) throw new Error(`group name "${group.name}" is not [a-z0-9-]`);
  for (const { name, uses } of [...(group.resources ?? []), ...(group.prompts ?? [])]) {
    const isOwn = uses.length > 0 && uses.every((tool) => group.tools.includes(tool));
    if (!isOwn)
      throw new Error(`"${name}" of group "${group.name}" must use tools of that group, at least one`);
  }
  return group;
}
