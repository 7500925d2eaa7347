import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { Timestamp } from "@bufbuild/protobuf/wkt";

const date = /^(\d{4})-(\d\d)-(\d\d)$/;
const time = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?$/;
const zone = /(z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)$/i;

function midnight(year: number, month: number, day: number): number | undefined {
  const value = new Date(0);
  // Date.UTC takes years below 100 for 19xx.
  value.setUTCFullYear(year, month - 1, day);
  return value.getUTCMonth() === month - 1 && value.getUTCDate() === day ? value.getTime() / 1000 : undefined;
}

function offsetSeconds(text: string): number {
  if (/^z?$/i.test(text)) return 0;
  const digits = text.slice(1).replace(":", "").padEnd(4, "0");
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return text.startsWith("-") ? -seconds : seconds;
}

/** The instant of an ISO 8601 text; "form" when it is no such text, "date" when there is no such instant. */
export function parseTimestamp(text: string): Timestamp | "form" | "date" {
  const [, day = "", clock = ""] = /^([\d-]{10})(?:[t ](.+))?$/i.exec(text) ?? [];
  const offset = zone.exec(clock)?.[0] ?? "";
  const days = date.exec(day)?.slice(1).map(Number);
  const parts = time.exec(day === text ? "00:00" : clock.slice(0, clock.length - offset.length));
  if (!days || !parts) return "form";
  const [year = 0, month = 0, dayOfMonth = 0] = days;
  const start = midnight(year, month, dayOfMonth);
  if (start === undefined) return "date";
  const clockSeconds = Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  const seconds = start + clockSeconds - offsetSeconds(offset);
  // The range of google.protobuf.Timestamp: years 1 to 9999.
  if (seconds < -62_135_596_800 || seconds > 253_402_300_799) return "date";
  return create(TimestampSchema, {
    seconds: BigInt(seconds),
    nanos: Number((parts[4] ?? "").padEnd(9, "0")),
  });
}

/** ISO 8601 in UTC with no, six or nine digits of a second; undefined for what no timestamp may hold. */
export function formatTimestamp({ seconds, nanos }: Timestamp): string | undefined {
  if (seconds < -62_135_596_800n || seconds > 253_402_300_799n) return undefined;
  if (nanos < 0 || nanos > 999_999_999) return undefined;
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  if (nanos === 0) return `${whole}Z`;
  const digits = String(nanos).padStart(9, "0");
  return `${whole}.${digits.endsWith("000") ? digits.slice(0, 6) : digits}Z`;
}
