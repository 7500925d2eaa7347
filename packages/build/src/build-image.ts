import { defineTool, scopeInput } from "@flyte-mcp/core";
import { createImage } from "@flyte-mcp/images";
import { z } from "zod";
import { buildOptionsInput, imageNameInput, pythonVersionInput } from "./build-input.ts";
import { buildOutput } from "./build-output.ts";
import { makeImage } from "./make-image.ts";
import { readLayers } from "./read-layers.ts";

const LAYERS =
  "In order, each {apt|pip|commands: [...]}, {env: {}}, {workdir}, {requirements: text}, {uv_project: {pyproject, uv_lock?}} or {copy: {path, content, dst?}}; also secrets: [name], for pip index_url, extra_index_urls, pre, extra_args.";

const MOST_LAYERS = 50;

export const buildImage = defineTool({
  name: "build_image",
  title: "Build image",
  description: "Build a container image on Flyte, or find it: same layers, same tag as the Python SDK's.",
  effect: "write",
  idempotent: true,
  inlineCode: true,
  input: z
    .object({
      name: imageNameInput.optional().describe("Default: flyte."),
      base: z.string().min(1).default("flyte").describe("Or python (no Flyte), or an image."),
      python_version: pythonVersionInput.default("3.12").describe("Or 3.10 to 3.14."),
      flyte_version: z
        .string()
        .refine((version) => /^v?\d[\w.]*$/.test(version), "is no version")
        .optional()
        .describe("Of base flyte."),
      layers: z
        .array(z.record(z.string(), z.unknown()))
        .refine((layers) => layers.length <= MOST_LAYERS, `must be at most ${MOST_LAYERS}`)
        .optional()
        .describe(LAYERS),
      registry: z
        .string()
        .refine((registry) => /^[a-z0-9][\w.:/-]*$/.test(registry), "is no registry")
        .optional()
        .describe("To push to."),
      registry_secret: z.string().min(1).optional().describe("By name."),
    })
    .extend(buildOptionsInput.shape)
    .extend(scopeInput.shape),
  output: buildOutput,

  async run({ name, base, python_version, flyte_version, registry, registry_secret, ...args }, context) {
    const image = createImage({
      name,
      base,
      pythonVersion: python_version,
      flyteVersion: flyte_version,
      layers: readLayers(args.layers ?? []),
      registry,
      registrySecret: registry_secret,
    });
    return makeImage(context, args, image);
  },
});
