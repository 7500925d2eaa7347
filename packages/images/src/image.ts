import { createHash } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { createToolError } from "@flyte-mcp/core";
import { ImageSpecSchema } from "@flyte-mcp/idl/imagebuilder/definition";
import type { ImageSpec } from "@flyte-mcp/idl/imagebuilder/definition";
import { PLAIN_LAYERS, plainImage, stockImage } from "./debian.ts";
import type { ContextFile, ImageLayer } from "./layer.ts";
import { buildSecrets } from "./secret-ref.ts";
import type { SecretInit, SecretRef } from "./secret-ref.ts";

/** An image as a caller defines it. */
export interface ImageDefinition {
  name?: string | undefined;
  /** `flyte`: the stock image; `python`: one without Flyte; else the image to start from. */
  base: string;
  pythonVersion: string;
  flyteVersion?: string | undefined;
  layers: readonly ImageLayer[];
  registry?: string | undefined;
  registrySecret?: SecretRef | undefined;
}

/** An image as the SDK would compute it. */
export interface Image {
  tag: string;
  spec: ImageSpec;
  files: readonly ContextFile[];
  /** What the build's run mounts. */
  secrets: readonly SecretInit[];
  /** False for a base image that is used as it is. */
  needsBuild: boolean;
  /** The name that the Python program would use. */
  uri: string;
  /** By which the image service knows it. */
  id: string;
  /** What the builder is asked to make. */
  target: string;
  /** Texts whose MD5 is the tag. */
  hashed: readonly string[];
}

const DEFAULT_NAME = "flyte";

// The builder's own registry is used for it.
const NO_REGISTRY = "ghcr.io/flyteorg";

/** Computes spec, tag and names with the rules of the SDK; throws a tool error for layers over an image without a name. */
export function createImage(definition: ImageDefinition): Image {
  const { name, base, pythonVersion, registry, layers, registrySecret } = definition;
  const isPlain = base === "python";
  const isStock = base === "flyte";
  if (!isPlain && !isStock && name === undefined && layers.length + (registry?.length ?? 0) > 0)
    throw createToolError({
      code: "invalid_argument",
      message: "An image with layers over a base image of your own needs a name.",
    });
  const all = isPlain ? [...PLAIN_LAYERS, ...layers] : layers;
  const baseImage = baseOf(definition);
  const hashed = [baseImage, ...all.flatMap((layer) => layer.hashed)].filter((text) => text !== "");
  const isUntouched = name === undefined && registry === undefined && layers.length === 0;
  const tag = isPlain && isUntouched ? `py${pythonVersion}` : md5(hashed);
  const id = `${name ?? DEFAULT_NAME}:${tag}`;
  const needsBuild = isPlain || !isUntouched;
  const refs = all.flatMap(({ secrets = [] }) => secrets);
  return {
    tag,
    spec: createSpec(baseImage, pythonVersion, all),
    files: all.flatMap(({ files = [] }) => files),
    secrets: buildSecrets(registrySecret === undefined ? refs : [...refs, registrySecret]),
    needsBuild,
    uri: needsBuild ? (registry === undefined ? id : `${registry}/${id}`) : baseImage,
    id,
    target: registry === undefined || registry === NO_REGISTRY ? id : `${registry}/${id}`,
    hashed,
  };
}

function baseOf({ base, pythonVersion, flyteVersion }: ImageDefinition): string {
  if (base === "python") return plainImage(pythonVersion);
  return base === "flyte" ? stockImage(pythonVersion, flyteVersion) : base;
}

function createSpec(baseImage: string, pythonVersion: string, layers: readonly ImageLayer[]): ImageSpec {
  const wires = layers.flatMap(({ wire }) => (wire ? [{ layer: wire }] : []));
  return create(ImageSpecSchema, { baseImage, pythonVersion, layers: wires });
}

function md5(texts: readonly string[]): string {
  return createHash("md5").update(texts.join("")).digest("hex");
}
