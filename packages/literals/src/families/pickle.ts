import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { isObject } from "../json.ts";
import { scalarLiteral, scalarOf, variantsOf } from "../literal.ts";
import { atKey, fail, ok } from "../result.ts";
import { stub } from "../stub.ts";
import { parseUri } from "../uri.ts";
import { union } from "./union.ts";

const format = "PythonPickle";

/** The pickled class by its short name: `<class 'a.b.Custom'>` is Custom. */
function className(type: LiteralType | undefined): string {
  const name = type?.metadata?.["python_class_name"];
  if (typeof name !== "string") return "object";
  const [, inner] = /^<class '(?:.*\.)?([^.']+)'>$/.exec(name) ?? [];
  return inner ?? name.replaceAll("typing.", "");
}

/** Python declares a pickle as a union of blob and binary, yet writes the bare blob or binary. */
export const pickle: Family = {
  name: "pickle",
  matches: (type) =>
    variantsOf(type).length > 0 &&
    variantsOf(type).every((variant) => variant.structure?.tag === "FlytePickle") &&
    variantsOf(type).some((variant) => variant.type.case === "blob"),
  describe: className,
  note: 'Only Python can make such a value; { "uri": ... } refers to one that a run has stored.',
  schema: union.schema,
  write(type, json, path) {
    if (!isObject(json) || json["uri"] === undefined) {
      return fail(
        path,
        `type ${className(type)} is pickled, so only Python can make it; give { "uri": ... } of one that a run has stored`,
      );
    }
    const uri = parseUri(json["uri"], atKey(path, "uri"));
    if (!uri.ok) return uri;
    return ok(scalarLiteral({ case: "blob", value: { uri: uri.value, metadata: { type: { format } } } }));
  },
  read(literal, type) {
    const scalar = scalarOf(literal);
    if (scalar?.case === "blob") return ok({ uri: scalar.value.uri, format, ...stub(className(type)) });
    if (scalar?.case !== "binary" || scalar.value.tag !== "") return undefined;
    return ok({ bytes: scalar.value.value.length, format, ...stub(className(type)) });
  },
};
