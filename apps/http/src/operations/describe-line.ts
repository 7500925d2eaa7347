// What the sentence says already, or what only a machine wants.
const HIDDEN = ["level", "time", "msg", "request_id", "kind"];

/** One record of the log as a person reads it on a terminal. */
export function describeLine(record: Readonly<Record<string, unknown>>): string {
  const { level, msg } = record;
  const grave = level === "info" || level === "debug" ? "" : `${String(level)}: `;
  const rest = Object.entries(record).flatMap(([key, value]) =>
    HIDDEN.includes(key) ? [] : [`${key}=${typeof value === "string" ? value : JSON.stringify(value)}`],
  );
  return `flyte-mcp-http: ${[`${grave}${String(msg)}`, ...rest].join(" ")}`;
}
