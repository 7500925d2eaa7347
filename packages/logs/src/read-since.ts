import { createToolError } from "@flyte-mcp/core";

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const TIME = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** The moment that a span before now (`90s`, `10m`, `2h`, `1d`) or an RFC 3339 time means, in milliseconds; throws a tool error for others. */
export function readSince(since: string, nowMs: number): number {
  const text = since.trim();
  const [, count, unit = ""] = /^(\d{1,6})\s*([smhd])$/i.exec(text) ?? [];
  if (count !== undefined) return nowMs - Number(count) * (UNITS[unit.toLowerCase()] ?? 0);
  const ms = TIME.test(text) ? Date.parse(withZone(text)) : NaN;
  if (!Number.isNaN(ms)) return ms;
  throw createToolError({
    code: "invalid_argument",
    message: `since: "${text.slice(0, 60)}" is neither a span such as 90s, 10m, 2h, 1d nor a time such as 2026-11-23T04:57:00Z.`,
  });
}

/** A time without a zone is in UTC, as all times of the answers are. */
function withZone(text: string): string {
  return /[T ]/i.test(text) && !/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? `${text}Z` : text;
}
