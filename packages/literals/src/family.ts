import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Json, JsonSchema } from "./json.ts";
import type { Result } from "./result.ts";

export type ToLiteral = (type: LiteralType, json: unknown, path: string) => Result<Literal>;
export type FromLiteral = (literal: Literal, type: LiteralType | undefined, path: string) => Result<Json>;
export type DescribeType = (type: LiteralType) => string;
export type DescribeSchema = (type: LiteralType) => JsonSchema;

/** One kind of Flyte type; the last argument of each function is that function for the types inside. */
export interface Family {
  name: string;
  matches(type: LiteralType): boolean;
  describe(type: LiteralType, inner: DescribeType): string;
  schema(type: LiteralType, inner: DescribeSchema): JsonSchema;
  /** What a schema says of how values can be given, where it is not plain. */
  note?: string;
  /** Left out where values of the family cannot be given as JSON. */
  write?(type: LiteralType, json: unknown, path: string, inner: ToLiteral): Result<Literal>;
  /** Undefined when the literal is none of this family's. */
  read?(
    literal: Literal,
    type: LiteralType | undefined,
    path: string,
    inner: FromLiteral,
  ): Result<Json> | undefined;
}
