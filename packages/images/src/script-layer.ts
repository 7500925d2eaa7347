import { createToolError } from "@flyte-mcp/core";
import { hashedPip, pipLayer } from "./layer.ts";
import type { ImageLayer, PipOptions } from "./layer.ts";
import { pythonRepr } from "./python-repr.ts";
import type { ScriptHeader } from "./script-header.ts";

/** The layer of the SDK's `Image.from_uv_script`: its tag knows the header, not the packages; without dependencies nothing is installed. */
export function scriptLayer(header: ScriptHeader, options: PipOptions = {}): ImageLayer {
  const { dependencies } = header;
  const local = dependencies.find((dependency) => dependency.includes("file://"));
  if (local !== undefined) {
    const message = `The script depends on "${local}", which lies on a disk that the builder does not have.`;
    const hint = "Publish the package, or give it as git+https://... .";
    throw createToolError({ code: "invalid_argument", message, hint });
  }
  const hashed = [hashedHeader(header), hashedPip(options)];
  return dependencies.length === 0 ? { hashed } : { ...pipLayer(dependencies, options), hashed };
}

function hashedHeader({ requiresPython, dependencies, hasUv, excludeNewer }: ScriptHeader): string {
  const uv = `{'uv': ToolUVConfig(exclude_newer=${pythonRepr(excludeNewer)})}`;
  const list = `[${dependencies.map(pythonRepr).join(", ")}]`;
  return `(UVScriptMetadata(requires_python=${pythonRepr(requiresPython)}, dependencies=${list}, pyprojects=[], tool=${hasUv ? uv : "None"}),)`;
}
