import { createToolError, defineTool } from "@flyte-mcp/core";
import type { Attachment, Tool, ToolContext } from "@flyte-mcp/core";
import { z } from "zod";
import { PNG, WAV } from "./media.ts";

function fixture(name: string, run: (context: ToolContext) => string): Tool {
  return defineTool({
    name,
    title: name,
    description: `Answers the scenario of the conformance suite that calls ${name}.`,
    effect: "read",
    input: z.object({}),
    output: z.object({ text: z.string() }),
    run: async (_input, context) => ({ text: run(context) }),
  });
}

const attaching = (name: string, ...attachments: Attachment[]) =>
  fixture(name, ({ attach }) => {
    attachments.forEach(attach);
    return "See what is attached.";
  });

const image: Attachment = { type: "image", data: PNG, mimeType: "image/png" };
const text = (uri: string, mimeType: string, value: string): Attachment => {
  return { type: "resource", resource: { uri, mimeType, text: value } };
};

export const simpleText = fixture("test_simple_text", () => "This is a simple text response for testing.");

export const tools: readonly Tool[] = [
  simpleText,
  attaching("test_image_content", image),
  attaching("test_audio_content", { type: "audio", data: WAV, mimeType: "audio/wav" }),
  attaching("test_embedded_resource", text("test://embedded-resource", "text/plain", "An embedded text.")),
  attaching(
    "test_multiple_content_types",
    image,
    text("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
  ),
  fixture("test_tool_with_progress", ({ progress }) => {
    for (const done of [0, 50, 100]) progress({ progress: done, total: 100, message: `${done} of 100` });
    return "Done.";
  }),
  fixture("test_error_handling", () => {
    throw createToolError({ code: "internal", message: "This tool intentionally returns an error." });
  }),
];
