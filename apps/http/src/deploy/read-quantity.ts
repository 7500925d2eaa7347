import { createSettingsError } from "@flyte-mcp/core";

const QUANTITY = /^(\d+(?:\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/** A quantity as Kubernetes takes it. Throws a settings error; some planes fall over one that is none. */
export function readQuantity(option: "--cpu" | "--memory", text: string): string {
  const [, number, unit = ""] = QUANTITY.exec(text) ?? [];
  const isOdd = option === "--memory" ? /^[num]$/.test(unit) : /^[KMGTPE]/.test(unit);
  if (number !== undefined && Number(number) > 0 && !isOdd) return text;
  const forms = option === "--cpu" ? "such as 1, 0.5 or 500m" : "such as 512Mi or 1Gi";
  throw createSettingsError(`${option} is "${text.slice(0, 40)}"; it must be a quantity ${forms}.`);
}
