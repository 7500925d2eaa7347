import { createToolError } from "@flyte-mcp/core";

/** The versions of Python that stock images come in. */
export const PYTHON_VERSIONS = ["3.10", "3.11", "3.12", "3.13", "3.14"] as const;

const PREFERRED_FIRST = ["3.12", ...PYTHON_VERSIONS];

// An image has the newest patch release of its version, whichever that is.
const PATCHES = 40;

const CLAUSE = /^(>=|<=|>|<|==|!=|~=)\s*(\d+(?:\.\d+){0,2})(\.\*)?$/;

/** A Python version that `requires-python` allows, 3.12 before all others; throws a tool error when no image meets it. */
export function choosePythonVersion(requires: string | undefined): string {
  if (requires === undefined) return "3.12";
  const clauses = requires.split(",").map((clause) => readClause(clause.trim(), requires));
  const chosen = PREFERRED_FIRST.find((version) => isMet(version, clauses));
  if (chosen !== undefined) return chosen;
  throw createToolError({
    code: "invalid_argument",
    message: `No image meets requires-python "${requires}".`,
    hint: `There are images of Python ${PYTHON_VERSIONS.join(", ")}.`,
  });
}

interface Clause {
  operator: string;
  release: number[];
  isPrefix: boolean;
}

function readClause(clause: string, requires: string): Clause {
  const [, operator, release, star] = CLAUSE.exec(clause) ?? [];
  if (operator !== undefined && release !== undefined)
    return { operator, release: release.split(".").map(Number), isPrefix: star !== undefined };
  const message = `requires-python "${requires}" cannot be read.`;
  throw createToolError({ code: "invalid_argument", message, hint: 'Write it as in ">=3.11,<3.14".' });
}

function isMet(version: string, clauses: readonly Clause[]): boolean {
  const release = version.split(".").map(Number);
  return Array.from({ length: PATCHES }, (_, patch) => [...release, patch]).some((full) =>
    clauses.every((clause) => allows(full, clause)),
  );
}

function allows(full: readonly number[], { operator, release, isPrefix }: Clause): boolean {
  const order = compare(isPrefix ? full.slice(0, release.length) : full, release);
  if (operator === "~=")
    return order >= 0 && compare(full.slice(0, -1 + release.length), release.slice(0, -1)) === 0;
  if (operator === "==") return order === 0;
  if (operator === "!=") return order !== 0;
  return { ">=": order >= 0, "<=": order <= 0, ">": order > 0, "<": order < 0 }[operator] ?? false;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = Array.from({ length: 3 }, (_, at) => at).find((at) => (a[at] ?? 0) !== (b[at] ?? 0));
  return index === undefined ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
