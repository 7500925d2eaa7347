import { create } from "@bufbuild/protobuf";
import { SimpleType, StructuredDatasetTypeSchema } from "@flyte-mcp/idl/core/types";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType, StructuredDatasetType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import type { Json } from "../json.ts";
import { scalarLiteral, scalarOf } from "../literal.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { parseStoredData } from "../stored-data.ts";

function write(type: LiteralType, json: unknown, path: string): Result<Literal> {
  const data = parseStoredData(json, ["columns"], path);
  if (!data.ok) return data;
  const declared = type.type.case === "structuredDatasetType" ? type.type.value : undefined;
  const { uri, format = declared?.format ?? "", hash = "" } = data.value;
  const structuredDatasetType = create(StructuredDatasetTypeSchema, {
    columns: declared?.columns ?? [],
    format,
  });
  const literal = scalarLiteral({
    case: "structuredDataset",
    value: { uri, metadata: { structuredDatasetType } },
  });
  return ok({ ...literal, hash });
}

function columnsOf(type: StructuredDatasetType | undefined): { columns?: Json } {
  const columns = type?.columns.map(({ name, literalType }) => ({
    name,
    type:
      literalType?.type.case === "simple"
        ? SimpleType[literalType.type.value]
        : (literalType?.type.case ?? ""),
  }));
  return columns && columns.length > 0 ? { columns } : {};
}

export const structuredDataset: Family = {
  name: "structured dataset",
  matches: (type) => type.type.case === "structuredDatasetType",
  describe: () => "DataFrame",
  schema: () => ({
    type: "object",
    format: "structured-dataset",
    properties: { uri: { type: "string" }, format: { type: "string" } },
  }),
  write,
  read(literal) {
    const scalar = scalarOf(literal);
    if (scalar?.case !== "structuredDataset") return undefined;
    const type = scalar.value.metadata?.structuredDatasetType;
    return ok({
      uri: scalar.value.uri,
      format: type?.format ?? "",
      ...columnsOf(type),
      ...(literal.hash === "" ? {} : { hash: literal.hash }),
    });
  },
};
