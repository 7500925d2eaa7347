const MOST_CHARACTERS = 20_000;
const PREVIEW_CHARACTERS = 2_000;

/** Replaces values that are too large to read by their beginning and their size, each for itself. */
export function cutValues(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, cutValue(value)]));
}

function cutValue(value: unknown): unknown {
  const json = JSON.stringify(value) ?? "";
  if (json.length <= MOST_CHARACTERS) return value;
  const text = typeof value === "string" ? value : json;
  return { truncated: true, size_characters: json.length, begins: text.slice(0, PREVIEW_CHARACTERS) };
}
