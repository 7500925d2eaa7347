import {
  aptLayer,
  assertAptPackages,
  assertPackages,
  commandsLayer,
  copyFileLayer,
  envLayer,
  pipLayer,
  requirementsLayer,
  uvProjectLayer,
  workdirLayer,
} from "@flyte-mcp/images";
import type { ImageLayer } from "@flyte-mcp/images";
import { z } from "zod";
import { contextFile, fileAt } from "./context-file.ts";

const text = z.string().min(1);
const texts = z.array(text).min(1);

const variable = z.string().regex(/^[A-Za-z_]\w*$/, "is no name of an environment variable");
const secret = z.union([
  text,
  z.strictObject({ key: text, group: text.optional(), env_var: variable.optional() }),
]);
const secrets = z.array(secret).default([]);

const indexUrl = z
  .string()
  .refine((url) => isPlainUrl(url), "must be an https:// address without a password; give that by secrets");

const pipOptions = {
  index_url: indexUrl.optional(),
  extra_index_urls: z.array(indexUrl).optional(),
  pre: z.boolean().optional(),
  extra_args: z.string().optional(),
  secrets,
};

/** How each kind of layer is written, by the key that tells it from the others. */
export const LAYER_KINDS: Record<string, z.ZodType<ImageLayer>> = {
  apt: z.strictObject({ apt: texts, secrets }).transform(({ apt, ...options }) => {
    assertAptPackages(apt);
    return aptLayer(apt, options.secrets);
  }),
  pip: z.strictObject({ pip: texts, ...pipOptions }).transform(({ pip, ...options }) => {
    assertPackages(pip);
    return pipLayer(pip, options);
  }),
  commands: z
    .strictObject({ commands: texts, secrets })
    .transform(({ commands, ...options }) => commandsLayer(commands, options.secrets)),
  env: z.strictObject({ env: z.record(variable, z.string()) }).transform(({ env }) => envLayer(env)),
  workdir: z.strictObject({ workdir: text }).transform(({ workdir }) => workdirLayer(workdir)),
  requirements: z
    .strictObject({ requirements: fileAt("requirements.txt"), ...pipOptions })
    .transform(({ requirements, ...options }) => requirementsLayer(requirements, options)),
  uv_project: z
    .strictObject({
      uv_project: z.strictObject({
        pyproject: fileAt("project/pyproject.toml"),
        uv_lock: fileAt("project/uv.lock").optional(),
      }),
      ...pipOptions,
    })
    .transform(({ uv_project: { pyproject, uv_lock: lock }, ...options }) =>
      uvProjectLayer({ pyproject, lock }, options),
    ),
  copy: z
    .strictObject({ copy: contextFile.extend({ dst: text.default(".") }) })
    .transform(({ copy: { dst, ...file } }) => copyFileLayer(file, dst)),
};

function isPlainUrl(given: string): boolean {
  if (!URL.canParse(given)) return false;
  const { protocol, username, password } = new URL(given);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}
