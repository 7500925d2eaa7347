import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { isObject, showJson } from "../json.ts";
import { oversize } from "../limits.ts";
import { isSimple, scalarLiteral, scalarOf } from "../literal.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { parseBase64, toBase64 } from "../text.ts";

function write(_type: LiteralType, json: unknown, path: string): Result<Literal> {
  const text = isObject(json) && Object.keys(json).length === 1 ? json["base64"] : json;
  const value = typeof text === "string" ? parseBase64(text) : undefined;
  if (!value) return fail(path, `expected base64, got ${showJson(json)}`);
  const excess = oversize(value.length);
  if (excess !== undefined) return fail(path, excess);
  return ok(scalarLiteral({ case: "binary", value: { value, tag: "" } }));
}

/** Bytes as base64; those of an encoding that only its writer knows come with its tag. */
export const binary: Family = {
  name: "binary",
  matches: (type) => isSimple(type, SimpleType.BINARY),
  describe: () => "bytes",
  schema: () => ({ type: "string", format: "binary" }),
  write,
  read(literal) {
    const scalar = scalarOf(literal);
    if (scalar?.case !== "binary") return undefined;
    const { value, tag } = scalar.value;
    return ok(tag === "" ? toBase64(value) : { base64: toBase64(value), tag });
  },
};
