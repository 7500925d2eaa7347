import { defineTool, scopeInput } from "@flyte-mcp/core";
import { assertPackages, createScriptImage, readScriptHeader } from "@flyte-mcp/images";
import { z } from "zod";
import { buildOptionsInput, imageNameInput } from "./build-input.ts";
import { buildOutput } from "./build-output.ts";
import { makeImage } from "./make-image.ts";

export const buildUvScriptImageRemote = defineTool({
  name: "build_uv_script_image_remote",
  title: "Build script image",
  description: "Build, or find, the image that a script's PEP 723 header asks for.",
  effect: "write",
  idempotent: true,
  inlineCode: true,
  input: z
    .object({
      script: z.string().describe("Its text."),
      name: imageNameInput.default("uv-script").describe("The image's."),
    })
    .extend(buildOptionsInput.shape)
    .extend(scopeInput.shape),
  output: buildOutput,

  async run({ script, name, ...args }, context) {
    const { dependencies } = readScriptHeader(script);
    assertPackages(dependencies);
    const answer = await makeImage(context, args, createScriptImage(script, { name }));
    const hasFlyte = dependencies.some((text) => /^flyte(?![\w.-])/i.test(text));
    return hasFlyte ? answer : { ...answer, message: [answer.message, NO_FLYTE].filter(Boolean).join(" ") };
  },
});

const NO_FLYTE = "The script does not depend on flyte, which a task that runs in this image needs.";
