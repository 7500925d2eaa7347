import type { JsonObject } from "@bufbuild/protobuf";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { isObject, showJson } from "../json.ts";
import type { Json, JsonSchema } from "../json.ts";
import { oversize } from "../limits.ts";
import { isSimple, scalarLiteral, scalarOf } from "../literal.ts";
import { packAny, packModel } from "../model/pack-value.ts";
import { joinTuple, packTuple, tupleKeys } from "../model/tuple.ts";
import { decodeMsgpack } from "../msgpack/decode.ts";
import { encodeMsgpack } from "../msgpack/encode.ts";
import { msgpackJson } from "../msgpack/value.ts";
import type { Msgpack } from "../msgpack/value.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";

const modelTags = ["Object-Dataclass-Transformer", "Pydantic Transformer"];

/** The JSON Schema of a dataclass or model; a struct whose metadata only documents it has none. */
export function modelSchema({ metadata, structure }: LiteralType): JsonSchema | undefined {
  if (!metadata) return undefined;
  const isModel = "properties" in metadata || "$ref" in metadata || modelTags.includes(structure?.tag ?? "");
  return isModel ? metadata : undefined;
}

function titleOf(model: JsonSchema): string | undefined {
  const ref = typeof model["$ref"] === "string" ? model["$ref"].split("/").at(-1) : undefined;
  return typeof model["title"] === "string" ? model["title"] : ref;
}

function describe(type: LiteralType): string {
  const message = type.metadata?.["pb_type"];
  if (typeof message === "string") return message.split(".").at(-1) ?? message;
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

function pack(type: LiteralType, json: unknown, path: string) {
  const model = modelSchema(type);
  if (model)
    return Array.isArray(json) && tupleKeys(model)
      ? packTuple(model, json, path)
      : packModel(model, json, path);
  // Python reads a dict from it, and fails on anything else.
  return isObject(json) ? packAny(json, path) : fail(path, `expected an object, got ${showJson(json)}`);
}

/** A protobuf message travels as a google.protobuf.Struct, and Python reads it from nothing else. */
function writeMessage(json: Msgpack): Literal {
  return scalarLiteral({ case: "generic", value: msgpackJson(json) as JsonObject });
}

function write(type: LiteralType, json: unknown, path: string): Result<Literal> {
  const packed = pack(type, json, path);
  if (!packed.ok) return packed;
  if (type.metadata?.["pb_type"] !== undefined) return ok(writeMessage(packed.value));
  const value = encodeMsgpack(packed.value);
  const excess = oversize(value.length);
  if (excess !== undefined) return fail(path, excess);
  return ok(scalarLiteral({ case: "binary", value: { tag: "msgpack", value } }));
}

function readMsgpack(bytes: Uint8Array, path: string): Result<Json> {
  try {
    return ok(msgpackJson(decodeMsgpack(bytes)));
  } catch (error) {
    return fail(
      path,
      `the literal's msgpack is broken: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function read(literal: Literal, type: LiteralType | undefined, path: string): Result<Json> | undefined {
  const scalar = scalarOf(literal);
  const model = type && modelSchema(type);
  if (scalar?.case === "generic") return ok(joinTuple(scalar.value, model));
  if (scalar?.case !== "binary" || scalar.value.tag !== "msgpack") return undefined;
  const json = readMsgpack(scalar.value.value, path);
  return json.ok ? ok(joinTuple(json.value, model)) : json;
}

export const struct: Family = {
  name: "struct",
  matches: (type) => isSimple(type, SimpleType.STRUCT),
  describe,
  schema,
  write,
  read,
};
