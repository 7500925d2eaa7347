import { createToolError } from "@flyte-mcp/core";
import type { UploadedFile } from "@flyte-mcp/core";

const KNOWN = ["content", "base64", "filename", "format", "hash"];
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
// Part of a URI and of a path in the pod.
const FILE_NAME = /^(?!\.{1,2}$)[^\p{Cc}/\\?#%]{1,200}$/u;

/** Whether a value means a file by its content. */
export function isFileContent(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && ("content" in json || "base64" in json);
}

/** Reads a file that is given by its content; throws a tool error that names what is wrong with it. */
export function readFile(
  json: Record<string, unknown>,
  path: string,
): { file: UploadedFile; format?: unknown; hash?: unknown } {
  const { content, base64, filename, format, hash } = json;
  const unknown = Object.keys(json).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) throw wrong(path, `unknown property ${unknown}`);
  if ((content === undefined) === (base64 === undefined)) throw wrong(path, "give either content or base64");
  if (typeof filename !== "string") throw wrong(path, "filename is missing");
  if (!FILE_NAME.test(filename))
    throw wrong(path, "filename must be a plain name, without folders, ?, # or %");
  const rest = { ...(format !== undefined && { format }), ...(hash !== undefined && { hash }) };
  if (content !== undefined) {
    if (typeof content !== "string") throw wrong(path, "content must be a text");
    return { file: { name: filename, content: Buffer.from(content, "utf8") }, ...rest };
  }
  const text = typeof base64 === "string" ? base64.replace(/\s+/g, "") : "-";
  if (!BASE64.test(text)) throw wrong(path, "base64 is not valid base64");
  return { file: { name: filename, content: Buffer.from(text, "base64") }, ...rest };
}

function wrong(path: string, reason: string): Error {
  return createToolError({
    code: "invalid_argument",
    message: `No run was created: ${path}: ${reason}.`,
    hint: "A File is a URI, {uri, format?, hash?}, {content, filename} or {base64, filename}.",
  });
}
