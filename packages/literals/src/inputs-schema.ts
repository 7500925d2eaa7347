import type { VariableEntry } from "@flyte-mcp/idl/core/interface";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { NamedParameter } from "@flyte-mcp/idl/task/common";
import { anchorRefs } from "./anchor-refs.ts";
import { defaultLiterals } from "./defaults.ts";
import { unknownType } from "./families/unknown.ts";
import { isNullable } from "./inputs.ts";
import { toJsonSchema, withDescription } from "./json-schema.ts";
import type { JsonSchema } from "./json.ts";
import { withStatedRequired } from "./stated-required.ts";

function propertySchema({ key, value }: VariableEntry, fallback: Literal | undefined): JsonSchema {
  const type = withStatedRequired(value?.type ?? unknownType);
  const schema = anchorRefs(toJsonSchema(type, fallback), ["properties", key]);
  const description = value?.description ?? "";
  return description === "" ? schema : withDescription(schema, type, description);
}

/** The JSON Schema of a task's inputs as `toInputs` takes them. */
export function inputsJsonSchema(
  variables: readonly VariableEntry[],
  defaults: readonly NamedParameter[],
): { type: "object"; properties: Record<string, JsonSchema>; required: string[] } {
  const fallbacks = defaultLiterals(defaults);
  const required = variables.filter(
    ({ key, value }) => !fallbacks.has(key) && !isNullable(value?.type ?? unknownType),
  );
  return {
    type: "object",
    properties: Object.fromEntries(
      variables.map((variable) => [variable.key, propertySchema(variable, fallbacks.get(variable.key))]),
    ),
    required: required.map(({ key }) => key),
  };
}
