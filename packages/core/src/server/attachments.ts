import { fitText } from "../answer.ts";
import type { Attachment } from "../content.ts";
import { hideSecrets } from "../errors/redact.ts";
import { createToolError } from "../errors/tool-error.ts";

const MOST_CHARACTERS = 1_000_000;
const MOST_TEXT = 10_000;

/** Collects what a tool shows beside its answer. */
export function createAttachments(secrets: readonly string[]) {
  const attached: Attachment[] = [];
  let size = 0;
  let room = MOST_TEXT;
  const attach = (attachment: Attachment): void => {
    const shown = hideInAttachment(attachment, secrets, room);
    const { text, data } = partsOf(shown);
    room = Math.max(room - text.length, 0);
    size += text.length + data.length;
    assertSize(size, "What is attached");
    attached.push(shown);
  };
  return { attach, attached };
}

/** Takes secrets out of an attachment's text and cuts it to `room` characters; nothing is found in bytes. */
export function hideInAttachment(
  attachment: Attachment,
  secrets: readonly string[],
  room: number,
): Attachment {
  if (attachment.type !== "resource" || !("text" in attachment.resource)) return attachment;
  const text = fitText(hideSecrets(attachment.resource.text, secrets), room);
  return { type: "resource", resource: { ...attachment.resource, text } };
}

/** Throws a tool error beyond what clients take of pictures and files. */
export function assertSize(characters: number, what: string): void {
  if (characters <= MOST_CHARACTERS) return;
  throw createToolError({
    code: "resource_exhausted",
    message: `${what} has ${characters} characters as base64; the most is ${MOST_CHARACTERS}.`,
    hint: "Ask for less, or for a link to it.",
  });
}

function partsOf(attachment: Attachment): { text: string; data: string } {
  if (attachment.type !== "resource") return { text: "", data: attachment.data };
  const { resource } = attachment;
  return "text" in resource ? { text: resource.text, data: "" } : { text: "", data: resource.blob };
}
