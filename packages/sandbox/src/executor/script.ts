import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Arguments } from "./literals.ts";

/** What a person is asked. */
export interface Question {
  name: string;
  prompt: string;
  description: string;
  /** A yes or no when left out. */
  type?: SimpleType;
}

/** What a script may do while its action runs. */
export interface ScriptContext {
  args: Arguments;
  /** Prints a line to the pod's log. */
  log(message: string): void;
  /** Lets time pass; it never returns once the action is aborted. */
  wait(ms: number): Promise<void>;
  /** Runs a seed task as a child, and fails as it fails. */
  runChild(name: string, taskName: string, args: Record<string, Literal>): Promise<Literal | undefined>;
  /** What lies in the plane's store under a URI. */
  readBlob(uri: string): Uint8Array | undefined;
  /** Makes an image known to the image service, as built by this run. */
  keepImage(name: string, fqin: string): void;
  /** Pauses a condition child until somebody signals it. */
  awaitSignal(name: string, question: Question): Promise<Literal>;
}

/** Plays one task: the value it returns is its output `o0`. */
export type Script = (context: ScriptContext) => Promise<Literal | undefined>;
