import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { scalarOf, variantsOf } from "../literal.ts";
import { ok } from "../result.ts";
import { stub } from "../stub.ts";
import { union } from "./union.ts";

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
  schema: union.schema,
  read(literal, type) {
    const scalar = scalarOf(literal);
    if (scalar?.case === "blob") return ok({ uri: scalar.value.uri, ...stub(className(type)) });
    return scalar?.case === "binary" ? ok(stub(className(type))) : undefined;
  },
};
