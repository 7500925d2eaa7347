import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { showJson } from "../json.ts";
import { isSimple, scalarLiteral, scalarOf } from "../literal.ts";
import { fail, ok } from "../result.ts";

export const none: Family = {
  name: "none",
  matches: (type) => isSimple(type, SimpleType.NONE),
  describe: () => "None",
  schema: () => ({ type: "null" }),
  write: (_type, json, path) =>
    json === null
      ? ok(scalarLiteral({ case: "noneType", value: {} }))
      : fail(path, `expected null, got ${showJson(json)}`),
  read: (literal) => (scalarOf(literal)?.case === "noneType" ? ok(null) : undefined),
};
