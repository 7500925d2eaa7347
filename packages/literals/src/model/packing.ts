import type { JsonSchema } from "../json.ts";
import type { Msgpack } from "../msgpack/value.ts";
import type { Result } from "../result.ts";

export type Pack = (schema: JsonSchema, json: unknown, path: string, packing: Packing) => Result<Msgpack>;

/** What every step of packing a value needs: the schema that references point into, and the way back in. */
export interface Packing {
  root: JsonSchema;
  depth: number;
  /** How often another alternative may still be tried where the likeliest does not fit. */
  retries: { left: number };
  pack: Pack;
}
