import { send } from "../http-security/post.ts";
import type { Reply } from "../http-security/post.ts";

/** What a server answers to somebody who opens it in a browser. */
export function getPage(url: string, headers: Record<string, string> = {}, path = "/"): Promise<Reply> {
  return send(url, "GET", { accept: "text/html", ...headers }, "", path);
}

const CHARACTERS: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** What a reader of HTML reads. */
export function textOf(html: string): string {
  return html
    .replace(/<(style|script)>.*?<\/\1>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&[a-z#0-9]+;/g, (entity) => CHARACTERS[entity] ?? entity)
    .replace(/\s+/g, " ");
}
