import { defineToolGroup } from "@flyte-mcp/core";
import { buildImage } from "./build-image.ts";
import { buildUvScriptImageRemote } from "./build-uv-script-image-remote.ts";

/** Tools that build container images on Flyte. */
export const build = defineToolGroup({
  name: "build",
  description: "Images: built on Flyte from layers or from the header of a script.",
  tools: [buildImage, buildUvScriptImageRemote],
});
