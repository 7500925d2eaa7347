import type { Family } from "../family.ts";
import { scalarOf } from "../literal.ts";
import { ok } from "../result.ts";

export const structuredDataset: Family = {
  name: "structured dataset",
  matches: (type) => type.type.case === "structuredDatasetType",
  describe: () => "DataFrame",
  schema: () => ({
    type: "object",
    format: "structured-dataset",
    properties: { uri: { type: "string" }, format: { type: "string" } },
  }),
  read(literal) {
    const scalar = scalarOf(literal);
    if (scalar?.case !== "structuredDataset") return undefined;
    const format = scalar.value.metadata?.structuredDatasetType?.format ?? "";
    return ok({ uri: scalar.value.uri, format, ...(literal.hash === "" ? {} : { hash: literal.hash }) });
  },
};
