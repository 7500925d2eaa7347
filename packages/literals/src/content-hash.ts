import { createHash } from "node:crypto";
import { clone, toBinary } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { decodeMsgpack } from "./msgpack/decode.ts";
import { encodeMsgpack } from "./msgpack/encode.ts";
import type { Msgpack } from "./msgpack/value.ts";

/**
 * The hash of inputs by their content, which the Python SDK sends in place of the plane's when a literal carries a hash
 * of its own: then a File shares cached results at every URI. Undefined when none does; `ignored` inputs do not count.
 */
export function contentHash(inputs: Inputs, ignored: readonly string[] = []): string | undefined {
  const literals = inputs.literals.filter(({ name }) => !ignored.includes(name));
  if (!literals.some(({ value }) => value && carriesHash(value))) return undefined;
  const hash = createHash("sha256");
  for (const { name, value } of literals) {
    hash.update(`${name}:`);
    if (value) for (const part of partsOf(value)) hash.update(part);
    hash.update(";");
  }
  return hash.digest("base64");
}

function carriesHash({ hash, value }: Literal): boolean {
  if (hash !== "") return true;
  if (value.case === "collection") return value.value.literals.some(carriesHash);
  return value.case === "map" && Object.values(value.value.literals).some(carriesHash);
}

function partsOf(literal: Literal): (string | Uint8Array)[] {
  const { hash, value } = literal;
  if (hash !== "") return [hash];
  if (value.case === "collection") return value.value.literals.flatMap(partsOf);
  if (value.case === "map") {
    const entries = Object.entries(value.value.literals).sort(([a], [b]) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
    );
    return entries.flatMap(([key, item]) => [key, ...partsOf(item)]);
  }
  return [toBinary(LiteralSchema, canonical(literal))];
}

/** The same literal with the keys of its msgpack in order; bytes that are no msgpack stay as they are. */
function canonical(literal: Literal): Literal {
  const scalar = literal.value.case === "scalar" ? literal.value.value.value : undefined;
  if (scalar?.case !== "binary" || scalar.value.tag !== "msgpack") return literal;
  try {
    const value = encodeMsgpack(sorted(decodeMsgpack(scalar.value.value)));
    const copy = clone(LiteralSchema, literal);
    const inner = copy.value.case === "scalar" ? copy.value.value.value : undefined;
    if (inner?.case === "binary") inner.value.value = value;
    return copy;
  } catch {
    return literal;
  }
}

function sorted(value: Msgpack): Msgpack {
  if (Array.isArray(value)) return value.map(sorted);
  if (!(value instanceof Map)) return value;
  const entries = [...value].map(([key, item]) => [key, sorted(item)] as const);
  return new Map(entries.sort(([a], [b]) => Buffer.compare(encodeMsgpack(a), encodeMsgpack(b))));
}
