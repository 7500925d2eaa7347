import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import { durationSeconds, parseDuration } from "../duration.ts";
import type { Family } from "../family.ts";
import { showJson } from "../json.ts";
import { isSimple, primitiveLiteral, primitiveOf } from "../literal.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";

function write(_type: LiteralType, json: unknown, path: string): Result<Literal> {
  const value = typeof json === "string" || typeof json === "number" ? parseDuration(json) : "form";
  if (value === "form") {
    const forms = "seconds as a number, 90s, 1h30m, PT1H30M or 01:30:00";
    return fail(path, `expected a duration (${forms}), got ${showJson(json)}`);
  }
  if (value === "range") return fail(path, `${showJson(json)} is out of range: at most 10000 years`);
  return ok(primitiveLiteral({ case: "duration", value }));
}

export const duration: Family = {
  name: "duration",
  matches: (type) => isSimple(type, SimpleType.DURATION),
  describe: () => "timedelta",
  schema: () => ({ type: "string", format: "duration" }),
  write,
  read(literal) {
    const primitive = primitiveOf(literal);
    return primitive?.case === "duration" ? ok(durationSeconds(primitive.value)) : undefined;
  },
};
