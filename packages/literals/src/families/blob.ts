import type { Literal } from "@flyte-mcp/idl/core/literals";
import { BlobType_BlobDimensionality } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import type { Json, JsonSchema } from "../json.ts";
import { scalarOf } from "../literal.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";

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
  read,
};
