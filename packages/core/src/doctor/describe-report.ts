import type { Problem, Report, ReportedService } from "./report.ts";

const COLORS = { error: 31, warning: 33, good: 32, faint: 2 };

type Paint = (color: keyof typeof COLORS, text: string) => string;

/** A report for a person at a terminal. */
export function describeReport(title: string, found: Report, isColored: boolean): string {
  const report = printable(found);
  const paint: Paint = (color, text) => (isColored ? `\u001b[${COLORS[color]}m${text}\u001b[0m` : text);
  const sections = [
    title,
    describeSettings(report, paint),
    ...(report.reachedInMs === undefined ? [] : [describePlane(report)]),
    ...report.problems.map((problem) => describeProblem(problem, paint)),
    report.ok
      ? paint("good", "A tool call works with these settings.")
      : paint("error", "A tool call would not work with these settings."),
  ];
  return sections.join("\n\n");
}

function describeSettings({ file, settings }: Report, paint: Paint): string {
  const rows = [{ name: "file", value: file ?? "none found", source: undefined }, ...settings];
  const [nameWidth, valueWidth] = [
    widest(rows.map(({ name }) => name)),
    widest(rows.map(({ value = "-" }) => value)),
  ];
  return rows
    .map(({ name, value = "-", source }) => {
      // One long value must not push every source out of sight.
      const shown = source === undefined ? value : `${value.padEnd(Math.min(valueWidth, 44))}  `;
      return `  ${name.padEnd(nameWidth)}  ${shown}${source === undefined ? "" : paint("faint", source)}`;
    })
    .join("\n");
}

function describePlane({ reachedInMs, services, caller }: Report): string {
  const rows: [string, string][] = [
    ["answered", `in ${reachedInMs} ms`],
    ["caller", caller ?? (services.length === 0 ? "-" : "nobody that this control plane knows")],
    ...STATES.flatMap(([state, title]): [string, string][] => {
      const names = services.filter((service) => service.state === state).map(nameOf);
      return names.length === 0 ? [] : [[title, names.join(", ")]];
    }),
  ];
  const width = widest(rows.map(([title]) => title));
  return rows.map(([title, text]) => `  ${title.padEnd(width)}  ${text}`).join("\n");
}

const STATES: readonly [ReportedService["state"], string][] = [
  ["there", "services"],
  ["missing", "not there"],
  ["refused", "refused"],
  ["silent", "no answer"],
  ["failing", "failing"],
];

function nameOf({ name, said }: ReportedService): string {
  return said === undefined ? name : `${name} (${said})`;
}

function describeProblem({ severity, message, hint }: Problem, paint: Paint): string {
  return `${paint(severity, `${severity}:`)} ${message}${hint === undefined ? "" : `\n  ${hint}`}`;
}

// What a plane says must not steer the terminal, nor begin lines of its own.
function printable<T>(value: T): T {
  if (typeof value === "string") return value.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ") as T;
  if (Array.isArray(value)) return value.map(printable) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, printable<unknown>(each)])) as T;
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(({ length }) => length));
}
