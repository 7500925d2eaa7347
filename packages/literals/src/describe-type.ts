import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { familyOf } from "./family-table.ts";

/** The type as Python would write it: `list[int]`, `str | None`, `File`, a dataclass's name. */
export function describeType(type: LiteralType): string {
  return familyOf(type).describe(type, describeType);
}
