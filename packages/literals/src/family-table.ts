import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { binary } from "./families/binary.ts";
import { blob } from "./families/blob.ts";
import { boolean } from "./families/boolean.ts";
import { datetime } from "./families/datetime.ts";
import { duration } from "./families/duration.ts";
import { enumeration } from "./families/enum.ts";
import { error } from "./families/error.ts";
import { float } from "./families/float.ts";
import { integer } from "./families/integer.ts";
import { list } from "./families/list.ts";
import { map } from "./families/map.ts";
import { none } from "./families/none.ts";
import { offloaded } from "./families/offloaded.ts";
import { optional } from "./families/optional.ts";
import { pickle } from "./families/pickle.ts";
import { schema } from "./families/schema.ts";
import { string } from "./families/string.ts";
import { struct } from "./families/struct.ts";
import { structuredDataset } from "./families/structured-dataset.ts";
import { union } from "./families/union.ts";
import { unknown } from "./families/unknown.ts";
import type { Family } from "./family.ts";

/** Every family; where two match a type or read a literal, the earlier one is taken. */
export const families: readonly Family[] = [
  none,
  integer,
  float,
  string,
  boolean,
  datetime,
  duration,
  list,
  map,
  enumeration,
  struct,
  blob,
  structuredDataset,
  binary,
  error,
  schema,
  pickle,
  optional,
  union,
  offloaded,
];

export function familyOf(type: LiteralType): Family {
  return families.find((family) => family.matches(type)) ?? unknown;
}
