/** A part of a JSON Schema as our tools show it. */
export interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  anyOf?: readonly Schema[];
}

/** What a value must be, in a few words for a person. */
export function describeType({ type, enum: values, items, anyOf, properties }: Schema): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(", ");
  if (anyOf) return [...new Set(anyOf.map(describeType))].join(" or ");
  if (type === "array") return `list of ${describeType(items ?? {})}`;
  if (properties)
    return `object with ${Object.keys(properties)
      .map((name) => `\`${name}\``)
      .join(", ")}`;
  const words: Readonly<Record<string, string>> = {
    string: "text",
    integer: "whole number",
    boolean: "yes or no",
  };
  return words[type ?? ""] ?? type ?? "anything";
}

/** Those of nearly every tool, whose words stand once at the head of the page. */
const PLACE = ["project", "domain"];

/** Rows of a table of arguments, those that are required first, without the place that most take. */
export function argumentRows({ properties = {}, required = [] }: Schema): string[] {
  const own = Object.entries(properties).filter(
    ([name, { description }]) => description || !PLACE.includes(name),
  );
  const entries = own.map(([name, schema]) => ({
    name,
    schema,
    isNeeded: required.includes(name),
  }));
  return [...entries.filter(({ isNeeded }) => isNeeded), ...entries.filter(({ isNeeded }) => !isNeeded)].map(
    ({ name, schema, isNeeded }) => {
      const fallback = schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
      const cells = [
        `\`${name}\``,
        describeType(schema),
        isNeeded ? "required" : fallback,
        schema.description ?? "",
      ];
      return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
    },
  );
}

/** Whether it takes a project and a domain. */
export const isPlaced = ({ properties = {} }: Schema): boolean => PLACE.every((name) => name in properties);
