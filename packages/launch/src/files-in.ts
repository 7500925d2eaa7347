import type { UploadedFile } from "@flyte-mcp/core";
import type { VariableEntry } from "@flyte-mcp/idl/core/interface";
import { BlobType_BlobDimensionality as Dimensionality } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { isFileContent, readFile } from "./read-file.ts";

/** Gives the URI of a file that came as content. */
export type PutFile = (file: UploadedFile) => Promise<string>;

/** Puts nothing and gives a place that stands for the file's, to check and show inputs before anything is sent. */
export const pendingFile: PutFile = async () => "flyte://to-be-uploaded";

/**
 * Replaces each File that is given as `{ content, filename }` or `{ base64, filename }` by `{ uri }`, in any list, map,
 * optional or union of the declared types; everything else stays as it is. Throws a tool error on a file that is given
 * wrongly. Files inside models are not looked for: a model's own schema has no place for content.
 */
export async function replaceFiles(
  variables: readonly VariableEntry[],
  json: Record<string, unknown>,
  put: PutFile,
): Promise<Record<string, unknown>> {
  const types = new Map(variables.map(({ key, value }) => [key, value?.type]));
  const entries: [string, unknown][] = [];
  // One after the other: each holds its content in memory until it is sent.
  for (const [key, value] of Object.entries(json))
    entries.push([key, await replace(types.get(key), value, put, key)]);
  return Object.fromEntries(entries);
}

async function replace(
  type: LiteralType | undefined,
  json: unknown,
  put: PutFile,
  path: string,
): Promise<unknown> {
  const kind = type?.type;
  if (kind?.case === "blob" && kind.value.dimensionality === Dimensionality.SINGLE && isFileContent(json)) {
    const { file, ...rest } = readFile(json, path);
    return { uri: await put(file), ...rest };
  }
  if (kind?.case === "collectionType" && Array.isArray(json)) {
    const items: unknown[] = [];
    for (const [index, item] of json.entries())
      items.push(await replace(kind.value, item, put, `${path}[${index}]`));
    return items;
  }
  if (kind?.case === "mapValueType" && isObject(json) && !isFileContent(json)) {
    const items: [string, unknown][] = [];
    for (const [key, item] of Object.entries(json))
      items.push([key, await replace(kind.value, item, put, `${path}.${key}`)]);
    return Object.fromEntries(items);
  }
  return kind?.case === "unionType" ? replaceInUnion(kind.value.variants, json, put, path) : json;
}

/** What one variant does not replace another may; a value that names its variant is looked into. */
async function replaceInUnion(variants: readonly LiteralType[], json: unknown, put: PutFile, path: string) {
  const isNamed = isObject(json) && "$type" in json && "value" in json;
  let value = isNamed ? json["value"] : json;
  for (const variant of variants) value = await replace(variant, value, put, path);
  return isNamed ? { ...json, value } : value;
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
