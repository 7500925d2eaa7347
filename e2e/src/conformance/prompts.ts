import { definePrompt } from "@flyte-mcp/core";
import type { Prompt } from "@flyte-mcp/core";
import { z } from "zod";
import { PNG } from "./media.ts";
import { simpleText } from "./tools.ts";

const common = { description: "A fixture of the conformance suite.", uses: [simpleText] };

export const prompts: readonly Prompt[] = [
  definePrompt({
    ...common,
    name: "test_simple_prompt",
    title: "Simple prompt",
    input: z.object({}),
    get: async () => [{ content: "This is a simple prompt for testing." }],
  }),
  definePrompt({
    ...common,
    name: "test_prompt_with_arguments",
    title: "Prompt with arguments",
    input: z.object({ arg1: z.string().describe("First."), arg2: z.string().describe("Second.") }),
    complete: { arg1: async () => ["test-value", "other"] },
    get: async ({ arg1, arg2 }) => [{ content: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` }],
  }),
  definePrompt({
    ...common,
    name: "test_prompt_with_embedded_resource",
    title: "Prompt with an embedded resource",
    input: z.object({ resourceUri: z.string().describe("The resource.") }),
    get: async ({ resourceUri: uri }) => [
      { content: { type: "resource", resource: { uri, mimeType: "text/plain", text: "An embedded text." } } },
      { content: "Please process the embedded resource above." },
    ],
  }),
  definePrompt({
    ...common,
    name: "test_prompt_with_image",
    title: "Prompt with an image",
    input: z.object({}),
    get: async () => [
      { content: { type: "image", data: PNG, mimeType: "image/png" } },
      { content: "Please analyze the image above." },
    ],
  }),
];
