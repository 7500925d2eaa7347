import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { z } from "zod";
import { ANSWER_LIMIT, fitText } from "../answer.ts";
import type { Content } from "../content.ts";
import { hideSecrets } from "../errors/redact.ts";
import { didYouMean } from "../nearest.ts";
import type { Prompt, PromptMessage } from "../prompt.ts";
import { assertSize, hideInAttachment } from "./attachments.ts";
import { callRead, rpcError } from "./call-read.ts";
import { isOptional, readArguments } from "./read-arguments.ts";
import type { OfferOptions } from "./serve-offers.ts";

export function servePrompts(server: Server, { offers, all, optionsOf }: OfferOptions): void {
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: offers.prompts.map(listPrompt) }));
  server.setRequestHandler(GetPromptRequestSchema, async ({ params }, extra) => {
    const prompt = findPrompt(params.name, offers.prompts, all.prompts);
    const call = { method: "prompts/get", name: prompt.name, effect: "read" } as const;
    return callRead(prompt.uses, optionsOf(extra, call), async (context, { flyte }) => {
      // A form that is left empty is a value that is not given.
      const given = Object.entries(params.arguments ?? {}).filter(([, value]) => value !== "");
      const input = readArguments(prompt, Object.fromEntries(given));
      const messages = showMessages(await prompt.get(input, context), flyte.secrets);
      return { description: prompt.description, messages };
    });
  });
}

/** How a prompt is shown to clients. */
export function listPrompt(prompt: Prompt) {
  const { name, title, description } = prompt;
  const shape: Record<string, z.ZodType> = prompt.input.shape;
  const listed = Object.entries(shape).map(([key, { description: words }]) => ({
    name: key,
    ...(words !== undefined && { description: words }),
    required: !isOptional(prompt, key),
  }));
  return { name, title, description, arguments: listed };
}

/** Throws an error of JSON-RPC when there is none of this name, or policy leaves it out. */
export function findPrompt(name: string, offered: readonly Prompt[], all: readonly Prompt[]): Prompt {
  const prompt = offered.find((candidate) => candidate.name === name);
  if (prompt) return prompt;
  const known = offered.map((candidate) => candidate.name);
  const message = all.some((candidate) => candidate.name === name)
    ? `The prompt "${name}" is switched off on this server.`
    : `There is no prompt "${name}".${didYouMean(name, known)} Known: ${known.join(", ") || "none"}.`;
  throw rpcError(ErrorCode.InvalidParams, message);
}

/** All texts of a prompt together fit what clients show; the first ones stay whole. */
function showMessages(messages: readonly PromptMessage[], secrets: readonly string[]) {
  let room = ANSWER_LIMIT;
  let size = 0;
  return messages.map(({ role = "user" as const, content }) => {
    const shown = showContent(content, secrets, room);
    const length = JSON.stringify(shown).length;
    size += length;
    assertSize(size, "The prompt");
    if (!("data" in shown)) room = Math.max(room - length, 0);
    return { role, content: shown };
  });
}

function showContent(content: string | Content, secrets: readonly string[], room: number): Content {
  const block = typeof content === "string" ? ({ type: "text", text: content } as const) : content;
  if (block.type !== "text") return hideInAttachment(block, secrets, room);
  return { type: "text", text: fitText(hideSecrets(block.text, secrets), room) };
}
