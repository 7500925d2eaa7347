import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { isObject } from "../json.ts";
import type { JsonSchema } from "../json.ts";
import { isSimple, scalarOf } from "../literal.ts";
import { ok } from "../result.ts";
import { stub } from "../stub.ts";

const modelTags = ["Object-Dataclass-Transformer", "Pydantic Transformer"];

/** The JSON Schema of a dataclass or model; a struct whose metadata only documents it has none. */
function modelSchema({ metadata, structure }: LiteralType): JsonSchema | undefined {
  if (!metadata) return undefined;
  const isModel = "properties" in metadata || "$ref" in metadata || modelTags.includes(structure?.tag ?? "");
  return isModel ? metadata : undefined;
}

function titleOf(model: JsonSchema): string | undefined {
  const ref = typeof model["$ref"] === "string" ? model["$ref"].split("/").at(-1) : undefined;
  return typeof model["title"] === "string" ? model["title"] : ref;
}

function describe(type: LiteralType): string {
  const model = modelSchema(type);
  const title = model ? (titleOf(model) ?? "dataclass") : "dict";
  return title.replace(/^TupleWrapper_.*/, "tuple").replace(/^(NamedTuple|TypedDict)Wrapper_/, "");
}

/** What a model needs where its schema does not say so: every property without a default. */
function impliedRequired({ properties, required }: JsonSchema): JsonSchema {
  if (required !== undefined || !isObject(properties)) return {};
  const keys = Object.keys(properties).filter((key) => {
    const property = properties[key];
    return !(isObject(property) && "default" in property);
  });
  return keys.length === 0 ? {} : { required: keys };
}

function schema(type: LiteralType): JsonSchema {
  const model = modelSchema(type);
  if (!model) return { ...type.metadata, type: "object" };
  const { title, additionalProperties: _closed, ...rest } = model;
  const dataclass: JsonSchema = title === undefined ? {} : { dataclass: title };
  return { ...rest, ...dataclass, ...impliedRequired(model), type: "object" };
}

export const struct: Family = {
  name: "struct",
  matches: (type) => isSimple(type, SimpleType.STRUCT),
  describe,
  schema,
  read(literal, type) {
    const scalar = scalarOf(literal);
    if (scalar?.case === "generic") return ok(scalar.value);
    if (scalar?.case !== "binary" || scalar.value.tag !== "msgpack") return undefined;
    return ok(stub(type ? describe(type) : "dict"));
  },
};
