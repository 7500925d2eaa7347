import { defineResource } from "@flyte-mcp/core";
import type { Resource } from "@flyte-mcp/core";
import { PNG } from "./media.ts";
import { simpleText } from "./tools.ts";

const common = { description: "A fixture of the conformance suite.", uses: [simpleText] };

export const resources: readonly Resource[] = [
  defineResource({
    ...common,
    uri: "test://static-text",
    name: "static_text",
    title: "Static text",
    mimeType: "text/plain",
    read: async () => "This is the content of the static text resource.",
  }),
  defineResource({
    ...common,
    uri: "test://static-binary",
    name: "static_binary",
    title: "Static binary",
    mimeType: "image/png",
    read: async () => Buffer.from(PNG, "base64"),
  }),
  defineResource({
    ...common,
    uri: "test://template/{id}/data",
    name: "template",
    title: "Template",
    mimeType: "application/json",
    complete: { id: async () => ["123", "124"] },
    read: async ({ id }) => ({ id, templateTest: true, data: `Data for ID: ${id}` }),
  }),
];
