import { createImage } from "./image.ts";
import type { Image } from "./image.ts";
import type { ImageLayer, PipOptions } from "./layer.ts";
import { choosePythonVersion } from "./python-version.ts";
import { readScriptHeader } from "./script-header.ts";
import { scriptLayer } from "./script-layer.ts";
import type { SecretRef } from "./secret-ref.ts";

export interface ScriptImageOptions {
  name: string;
  /** Left out: one that the script's requires-python allows; the SDK takes that of the Python that runs it. */
  pythonVersion?: string | undefined;
  pip?: PipOptions | undefined;
  registry?: string | undefined;
  registrySecret?: SecretRef | undefined;
  /** Laid over what the script needs. */
  layers?: readonly ImageLayer[] | undefined;
}

/** The image that the SDK's `Image.from_uv_script` makes of a script; throws a tool error where its header is not valid. */
export function createScriptImage(script: string, options: ScriptImageOptions): Image {
  const { name, pip, registry, registrySecret, layers = [] } = options;
  const header = readScriptHeader(script);
  const pythonVersion = options.pythonVersion ?? choosePythonVersion(header.requiresPython);
  return createImage({
    name,
    base: "python",
    pythonVersion,
    registry,
    registrySecret,
    layers: [scriptLayer(header, pip), ...layers],
  });
}
