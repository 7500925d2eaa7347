import type { Family } from "../family.ts";
import { scalarOf } from "../literal.ts";
import { ok } from "../result.ts";

/** The deprecated forerunner of the structured dataset. */
export const schema: Family = {
  name: "schema",
  matches: (type) => type.type.case === "schema",
  describe: () => "Schema",
  schema: () => ({ type: "object", format: "schema", properties: { uri: { type: "string" } } }),
  read(literal) {
    const scalar = scalarOf(literal);
    return scalar?.case === "schema" ? ok({ type: "Schema", uri: scalar.value.uri }) : undefined;
  },
};
