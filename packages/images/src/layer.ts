import type { MessageInitShape } from "@bufbuild/protobuf";
import type { LayerSchema } from "@flyte-mcp/idl/imagebuilder/definition";
import { hashedSecret, secretMount } from "./secret-ref.ts";
import type { SecretRef } from "./secret-ref.ts";

/** A file that a build needs, at its relative path. */
export interface ContextFile {
  path: string;
  content: string;
}

export type LayerInit = Exclude<MessageInitShape<typeof LayerSchema>, { $typeName: string }>["layer"];

/** One layer: what of it goes into the tag, and what goes to the builder. */
export interface ImageLayer {
  /** Texts that are fed to the tag's MD5, in order. */
  hashed: readonly string[];
  /** Nothing for a layer that only the tag knows. */
  wire?: LayerInit;
  files?: readonly ContextFile[];
  secrets?: readonly SecretRef[];
}

export interface PipOptions {
  index_url?: string | undefined;
  extra_index_urls?: readonly string[] | undefined;
  pre?: boolean | undefined;
  extra_args?: string | undefined;
  secrets?: readonly SecretRef[] | undefined;
}

/** Options as the tag sees them: an index and an extra index make no difference. */
export function hashedPip({
  index_url = "",
  extra_index_urls = [],
  pre,
  extra_args = "",
  secrets = [],
}: PipOptions): string {
  return [index_url, ...extra_index_urls, pre ? "True" : "", extra_args, ...secrets.map(hashedSecret)].join(
    "",
  );
}

/** Options as the builder gets them. */
export function pipWire({ index_url, extra_index_urls, pre, extra_args, secrets = [] }: PipOptions) {
  const options = {
    indexUrl: index_url ?? "",
    extraIndexUrls: [...(extra_index_urls ?? [])],
    pre: pre ?? false,
    extraArgs: extra_args ?? "",
  };
  return { options, secretMounts: secrets.map(secretMount) };
}

export function pipLayer(packages: readonly string[], options: PipOptions = {}): ImageLayer {
  return {
    hashed: [hashedPip(options), packages.join("")],
    wire: { case: "pipPackages", value: { packages: [...packages], ...pipWire(options) } },
    secrets: options.secrets ?? [],
  };
}

export function aptLayer(packages: readonly string[], secrets: readonly SecretRef[] = []): ImageLayer {
  const value = { packages: [...packages], secretMounts: secrets.map(secretMount) };
  return { hashed: plain(packages, secrets), wire: { case: "aptPackages", value }, secrets };
}

export function commandsLayer(commands: readonly string[], secrets: readonly SecretRef[] = []): ImageLayer {
  const value = { cmd: [...commands], secretMounts: secrets.map(secretMount) };
  return { hashed: plain(commands, secrets), wire: { case: "commands", value }, secrets };
}

/** Variables count in the order in which they are given. */
export function envLayer(variables: Record<string, string>): ImageLayer {
  const entries = Object.entries(variables);
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    hashed: [entries.map(([key, value]) => `${key}=${value}`).join(" ")],
    wire: { case: "env", value: { envVariables: Object.fromEntries(sorted) } },
  };
}

export function workdirLayer(workdir: string): ImageLayer {
  return { hashed: [workdir], wire: { case: "workdir", value: { workdir } } };
}

/** Labels are in the tag, but the builder is not told of them. */
export function labelLayer(lines: readonly string[]): ImageLayer {
  return { hashed: [lines.join("")] };
}

function plain(texts: readonly string[], secrets: readonly SecretRef[]): string[] {
  return [[...texts, ...secrets.map(hashedSecret)].join("")];
}
