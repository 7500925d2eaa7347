import { showJson } from "./json.ts";
import { fail } from "./result.ts";
import type { Result } from "./result.ts";
import { parseText } from "./text.ts";

/** Whether text looks like a URI that a task can read; `file:` names a path of the caller's machine. */
export function isRemoteUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/./i.test(text) && !/^file:/i.test(text);
}

/** What the SDK writes as the path of a directory that was left empty. */
const emptyDirectory = "::flyte-empty-dir::";

/** The URI of stored data, as opposed to a path that exists on the caller's machine alone. */
export function parseUri(json: unknown, path: string): Result<string> {
  const text = parseText(json, path);
  if (!text.ok || isRemoteUri(text.value) || text.value === emptyDirectory) return text;
  const example = "s3://bucket/key";
  if (text.value === "") return fail(path, `expected a URI such as ${example}, got ""`);
  return fail(
    path,
    `expected a URI such as ${example}, got ${showJson(json)}: the task cannot read a local path`,
  );
}

/** The last part of a path, which is the name that Python gives a file. */
export function baseName(uri: string): string {
  return uri.split("/").findLast((part) => part !== "") ?? "";
}
