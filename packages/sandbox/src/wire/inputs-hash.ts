import { toBinary } from "@bufbuild/protobuf";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { InputsSchema } from "@flyte-mcp/idl/task/common";

const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** The plane's own hash of inputs: unpadded base64url of the big-endian FNV-64a of their bytes. */
export function hashInputs(inputs: Inputs): string {
  const digest = Buffer.alloc(8);
  digest.writeBigUInt64BE(fnv64a(toBinary(InputsSchema, inputs)));
  return digest.toString("base64url");
}

function fnv64a(bytes: Uint8Array): bigint {
  return bytes.reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME), OFFSET_BASIS);
}
