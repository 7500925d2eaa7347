/** Text that is HTML already. */
export interface Html {
  html: string;
}

type Value = string | number | Html | readonly Html[] | undefined;

/** HTML whose values are escaped unless they are HTML themselves; undefined is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: parts.map((part, index) => part + show(values[index])).join("") };
}

/** Says of a text that it is HTML, for what no caller and no setting can change. */
export const raw = (text: string): Html => ({ html: text });

function show(value: Value): string {
  if (value === undefined) return "";
  if (typeof value !== "object") return escape(String(value));
  return "html" in value ? value.html : value.map(({ html }) => html).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
