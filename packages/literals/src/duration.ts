import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import type { Duration } from "@bufbuild/protobuf/wkt";

const second = 1_000_000_000n;
const unitNanos: Readonly<Record<string, bigint>> = {
  w: 604_800n * second,
  d: 86_400n * second,
  h: 3600n * second,
  m: 60n * second,
  s: second,
  ms: 1_000_000n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ns: 1n,
};
const number = String.raw`(?:\d+(?:\.\d*)?|\.\d+)`;
const plain = new RegExp(`^${number}$`);
const units = new RegExp(`^(?:${number}(?:ms|us|µs|μs|ns|[wdhms]))+$`);
const unit = new RegExp(`(${number})(ms|us|µs|μs|ns|[wdhms])`, "g");
const clock = /^(\d+):([0-5]\d):([0-5]\d(?:\.\d*)?)$/;
// Years and months are left out: they have no fixed length.
const iso = new RegExp(
  `^P(?=\\d|\\.|T)(?:${number}W)?(?:${number}D)?(?:T(?=\\d|\\.)(?:${number}H)?(?:${number}M)?(?:${number}S)?)?$`,
  "i",
);

/** A decimal of a unit in nanoseconds; what is finer is cut off. */
function nanosOf(decimal: string, size: bigint): bigint {
  const [whole = "", fraction = ""] = decimal.split(".");
  return (BigInt(whole + fraction) * size) / 10n ** BigInt(fraction.length);
}

function sumUnits(text: string): bigint {
  const parts = [...text.matchAll(unit)];
  return parts.reduce(
    (sum, [, decimal = "", name = ""]) => sum + nanosOf(decimal, unitNanos[name] ?? 0n),
    0n,
  );
}

function readNanos(text: string): bigint | undefined {
  if (plain.test(text)) return nanosOf(text, second);
  if (units.test(text)) return sumUnits(text);
  if (iso.test(text)) return sumUnits(text.slice(1).replace(/t/i, "").toLowerCase());
  const parts = clock.exec(text);
  return parts ? sumUnits(`${parts[1]}h${parts[2]}m${parts[3]}s`) : undefined;
}

/** A duration from seconds or text; "form" when it is none, "range" beyond what the wire may hold. */
export function parseDuration(json: number | string): Duration | "form" | "range" {
  if (Number.isNaN(json)) return "form";
  if (typeof json === "number" && Math.abs(json) > 1e15) return "range";
  // Small numbers would be written with an exponent.
  const text = typeof json === "number" && Math.abs(json) < 1e-6 ? json.toFixed(9) : String(json);
  if (text.length > 100) return "form";
  const magnitude = readNanos(text.replace(/^[+-]/, ""));
  if (magnitude === undefined) return "form";
  if (magnitude > 315_576_000_000n * second) return "range";
  const nanos = text.startsWith("-") ? -magnitude : magnitude;
  return create(DurationSchema, { seconds: nanos / second, nanos: Number(nanos % second) });
}

export function durationSeconds({ seconds, nanos }: Duration): number {
  const total = seconds * second + BigInt(nanos);
  const magnitude = total < 0n ? -total : total;
  const text = `${magnitude / second}.${String(magnitude % second).padStart(9, "0")}`;
  return total < 0n ? -Number(text) : Number(text);
}
