import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { NamedParameter } from "@flyte-mcp/idl/task/common";

/** The default literals of a task by input name; a parameter without one is left out. */
export function defaultLiterals(defaults: readonly NamedParameter[]): ReadonlyMap<string, Literal> {
  return new Map(
    defaults.flatMap(({ name, parameter }) =>
      parameter?.behavior.case === "default" ? [[name, parameter.behavior.value]] : [],
    ),
  );
}
