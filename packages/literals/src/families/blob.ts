import type { Literal } from "@flyte-mcp/idl/core/literals";
import { BlobType_BlobDimensionality } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { isObject, showJson } from "../json.ts";
import type { Json, JsonSchema } from "../json.ts";
import { scalarLiteral, scalarOf } from "../literal.ts";
import { atKey, fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { parseStoredData } from "../stored-data.ts";

const { MULTIPART } = BlobType_BlobDimensionality;

function isDirectory(type: LiteralType): boolean {
  return type.type.case === "blob" && type.type.value.dimensionality === MULTIPART;
}

function schema(type: LiteralType): JsonSchema {
  const format = type.type.case === "blob" ? type.type.value.format : "";
  const dimensionality = isDirectory(type) ? "MULTIPART" : "SINGLE";
  return {
    type: "object",
    format: "blob",
    properties: {
      uri: { type: "string", default: "" },
      format: { type: "string", default: format },
      dimensionality: { type: "string", enum: ["SINGLE", "MULTIPART"], default: dimensionality },
    },
  };
}

/** A directory is no file: Python refuses the one for the other. */
function wrongKind(type: LiteralType, json: unknown, path: string): Result<never> | undefined {
  const given = isObject(json) ? json["dimensionality"] : undefined;
  const declared = isDirectory(type) ? "MULTIPART" : "SINGLE";
  if (given === undefined || given === declared) return undefined;
  return fail(atKey(path, "dimensionality"), `expected ${declared}, got ${showJson(given)}`);
}

function write(type: LiteralType, json: unknown, path: string): Result<Literal> {
  const wrong = wrongKind(type, json, path);
  if (wrong) return wrong;
  // A file inside a model has a name, so that what is read there can be given here.
  const data = parseStoredData(json, ["dimensionality", "name"], path);
  if (!data.ok) return data;
  const declared = type.type.case === "blob" ? type.type.value : undefined;
  const { uri, format = declared?.format ?? "", hash = "" } = data.value;
  const blobType = { format, dimensionality: declared?.dimensionality ?? 0 };
  const literal = scalarLiteral({ case: "blob", value: { uri, metadata: { type: blobType } } });
  return ok({ ...literal, hash });
}

function read(literal: Literal): Result<Json> | undefined {
  const scalar = scalarOf(literal);
  if (scalar?.case !== "blob") return undefined;
  const type = scalar.value.metadata?.type;
  return ok({
    uri: scalar.value.uri,
    format: type?.format ?? "",
    dimensionality: type?.dimensionality === MULTIPART ? "MULTIPART" : "SINGLE",
    ...(literal.hash === "" ? {} : { hash: literal.hash }),
  });
}

export const blob: Family = {
  name: "blob",
  matches: (type) => type.type.case === "blob",
  describe: (type) => (isDirectory(type) ? "Dir" : "File"),
  schema,
  write,
  read,
};
