import { createToolError } from "@flyte-mcp/core";
import type { ContextFile, ImageLayer } from "@flyte-mcp/images";
import type { z } from "zod";
import { LAYER_KINDS } from "./layer-kinds.ts";

const MOST_CONTEXT_BYTES = 1_000_000;

/** Reads the layers of an image; throws a tool error that names the layer and says what is accepted. */
export function readLayers(given: readonly Record<string, unknown>[]): ImageLayer[] {
  const layers = given.map(readLayer);
  assertFiles(layers.flatMap(({ files = [] }) => files));
  return layers;
}

function readLayer(given: Record<string, unknown>, index: number): ImageLayer {
  const kinds = Object.keys(LAYER_KINDS).filter((kind) => Object.hasOwn(given, kind));
  const [kind] = kinds;
  const known = Object.keys(LAYER_KINDS).join(", ");
  if (kind === undefined || kinds.length > 1)
    throw refuse(`layers.${index}: must have exactly one of ${known}`);
  const read = LAYER_KINDS[kind]?.safeParse(given);
  if (read?.success) return read.data;
  throw refuse((read?.error.issues ?? []).map((issue) => describeIssue(issue, index)).join("; "));
}

function describeIssue({ path, message }: z.core.$ZodIssue, index: number): string {
  return `${["layers", index, ...path].join(".")}: ${message}`;
}

/** One path is one file of the context. */
function assertFiles(files: readonly ContextFile[]): void {
  const known = new Map<string, string>();
  for (const { path, content } of files) {
    if ((known.get(path) ?? content) !== content) throw refuse(`two files have the path ${path}`);
    known.set(path, content);
  }
  const size = [...known.values()].reduce((total, content) => total + Buffer.byteLength(content), 0);
  if (size > MOST_CONTEXT_BYTES)
    throw refuse(`the files have ${size} bytes together; at most ${MOST_CONTEXT_BYTES} are taken`);
}

function refuse(reason: string): Error {
  return createToolError({ code: "invalid_argument", message: `Nothing was built: ${reason}.` });
}
