import type { TypedInterface, VariableEntry } from "@flyte-mcp/idl/core/interface";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { NamedParameter } from "@flyte-mcp/idl/task/common";
import { defaultLiterals } from "./defaults.ts";
import { describeType } from "./describe-type.ts";
import { unknownType } from "./families/unknown.ts";
import { fromLiteral } from "./from-literal.ts";
import type { Json } from "./json.ts";
import { isSimple } from "./literal.ts";
import { isStub } from "./stub.ts";

function pythonText(json: Json): string {
  if (json === null) return "None";
  if (typeof json === "boolean") return json ? "True" : "False";
  if (Array.isArray(json)) return `[${json.map(pythonText).join(", ")}]`;
  if (isStub(json)) return "...";
  if (typeof json !== "object") return JSON.stringify(json);
  const entries = Object.entries(json).map(([key, value]) => `${JSON.stringify(key)}: ${pythonText(value)}`);
  return `{${entries.join(", ")}}`;
}

function describeDefault(literal: Literal, type: LiteralType): string {
  const json = fromLiteral(literal, type);
  if (!json.ok) return "...";
  // Numbers that JSON cannot hold come as text.
  const isNumber = isSimple(type, SimpleType.INTEGER) || isSimple(type, SimpleType.FLOAT);
  const text = isNumber ? String(json.value) : pythonText(json.value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function describeVariable(variable: VariableEntry, fallback?: Literal): string {
  const type = variable.value?.type ?? unknownType;
  const name = `${variable.key}: ${describeType(type)}`;
  return fallback ? `${name} = ${describeDefault(fallback, type)}` : name;
}

/** The inputs as Python would list them: `a: int, b: int = 2`. */
export function describeParameters(
  variables: readonly VariableEntry[],
  defaults: readonly NamedParameter[],
): string {
  const fallbacks = defaultLiterals(defaults);
  return variables.map((variable) => describeVariable(variable, fallbacks.get(variable.key))).join(", ");
}

/** The signature of a task: `(a: int, b: int = 2) -> o0: int`. */
export function describeInterface(
  typed: TypedInterface | undefined,
  defaults: readonly NamedParameter[],
): string {
  const outputs = typed?.outputs?.variables ?? [];
  const result = outputs.map((variable) => describeVariable(variable)).join(", ");
  const parameters = describeParameters(typed?.inputs?.variables ?? [], defaults);
  return `(${parameters}) -> ${result === "" ? "None" : result}`;
}
