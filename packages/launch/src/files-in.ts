import type { UploadedFile } from "@flyte-mcp/core";
import type { VariableEntry } from "@flyte-mcp/idl/core/interface";
import { BlobType_BlobDimensionality as Dimensionality } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";

/** Gives the URI of a file that came as content. */
export type PutFile = (file: UploadedFile) => Promise<string>;

/**
 * Replaces each File that is given as `{ content, filename }` or `{ base64, filename }` by `{ uri }`, in any list, map or
 * optional of the declared types; everything else stays as it is.
 */
export async function replaceFiles(
  variables: readonly VariableEntry[],
  json: Record<string, unknown>,
  put: PutFile,
): Promise<Record<string, unknown>> {
  const types = new Map(variables.map(({ key, value }) => [key, value?.type]));
  const entries = Object.entries(json).map(
    async ([key, value]) => [key, await replace(types.get(key), value, put)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function replace(type: LiteralType | undefined, json: unknown, put: PutFile): Promise<unknown> {
  const kind = type?.type;
  if (kind?.case === "blob" && kind.value.dimensionality === Dimensionality.SINGLE) {
    const file = readFile(json);
    return file ? { uri: await put(file) } : json;
  }
  if (kind?.case === "collectionType" && Array.isArray(json)) {
    return Promise.all(json.map((item) => replace(kind.value, item, put)));
  }
  if (kind?.case === "mapValueType" && isObject(json)) {
    const items = Object.entries(json).map(
      async ([key, item]) => [key, await replace(kind.value, item, put)] as const,
    );
    return Object.fromEntries(await Promise.all(items));
  }
  if (kind?.case === "unionType") {
    const blob = kind.value.variants.find((variant) => variant.type.case === "blob");
    return replace(blob, json, put);
  }
  return json;
}

function readFile(json: unknown): UploadedFile | undefined {
  if (!isObject(json) || typeof json["filename"] !== "string") return undefined;
  const { content, base64, filename } = json;
  const name = filename.split(/[\\/]/).at(-1) || "file";
  if (typeof content === "string") return { name, content: Buffer.from(content, "utf8") };
  if (typeof base64 === "string") return { name, content: Buffer.from(base64, "base64") };
  return undefined;
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
