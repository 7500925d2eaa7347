import type { Schedule } from "@flyte-mcp/idl/task/common";

interface Field {
  min: number;
  max: number;
  names?: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: DAYS },
];
const DESCRIPTORS = new Set([
  "@yearly",
  "@annually",
  "@monthly",
  "@weekly",
  "@daily",
  "@midnight",
  "@hourly",
]);

/** What the plane's cron parser says against a schedule; undefined if nothing. */
export function cronError({ expression }: Schedule): string | undefined {
  if (expression.case !== "cron" && expression.case !== "cronExpression") return undefined;
  const { text, timezone } =
    expression.case === "cron"
      ? { text: expression.value.expression, timezone: expression.value.timezone }
      : { text: expression.value, timezone: "" };
  const whole = timezone ? `CRON_TZ=${timezone} ${text}` : text;
  const problem = zoneProblem(timezone) ?? problemOf(text);
  return problem && `invalid cron expression "${whole}": ${problem}`;
}

function zoneProblem(timezone: string): string | undefined {
  if (timezone === "" || timezone === "Local") return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
    return undefined;
  } catch {
    return `provided bad location ${timezone}: unknown time zone ${timezone}`;
  }
}

function problemOf(text: string): string | undefined {
  if (text === "") return "empty spec string";
  if (text.startsWith("@")) return descriptorProblem(text);
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length)
    return `expected exactly ${FIELDS.length} fields, found ${parts.length}: [${parts.join(" ")}]`;
  return parts.map((part, index) => fieldProblem(part, FIELDS[index] as Field)).find(Boolean);
}

function descriptorProblem(text: string): string | undefined {
  if (DESCRIPTORS.has(text)) return undefined;
  if (/^@every (\d+(\.\d+)?(h|m|s|ms))+$/.test(text)) return undefined;
  return text.startsWith("@every ")
    ? `failed to parse duration ${text}: time: invalid duration "${text.slice(7)}"`
    : `unrecognized descriptor: ${text}`;
}

function fieldProblem(text: string, field: Field): string | undefined {
  return text
    .split(",")
    .map((part) => rangeProblem(part, field))
    .find(Boolean);
}

function rangeProblem(text: string, field: Field): string | undefined {
  const [range = "", step, ...more] = text.split("/");
  const [low = "", high, ...others] = range.split("-");
  if (others.length > 0) return `too many hyphens: ${text}`;
  if (more.length > 0) return `too many slashes: ${text}`;
  if (low !== "*" && low !== "?") {
    const problem = boundsProblem(text, low, high ?? low, field);
    if (problem) return problem;
  }
  if (step !== undefined && !/^\d+$/.test(step)) return notANumber(step);
  return step === "0" ? `step of range should be a positive number: ${text}` : undefined;
}

function boundsProblem(
  text: string,
  low: string,
  high: string,
  { min, max, names = [] }: Field,
): string | undefined {
  const values = [low, high].map((bound) => {
    const index = names.indexOf(bound.toLowerCase());
    return index >= 0 ? index + min : /^\d+$/.test(bound) ? Number(bound) : undefined;
  });
  const [start, end] = values;
  if (start === undefined) return notANumber(low);
  if (end === undefined) return notANumber(high);
  if (start < min) return `beginning of range (${start}) below minimum (${min}): ${text}`;
  if (end > max) return `end of range (${end}) above maximum (${max}): ${text}`;
  return start > end ? `beginning of range (${start}) beyond end of range (${end}): ${text}` : undefined;
}

function notANumber(text: string): string {
  return `failed to parse int from ${text}: strconv.Atoi: parsing "${text}": invalid syntax`;
}
