import { createToolError } from "@flyte-mcp/core";

const LONGEST = 500;

const NAME = /^[A-Za-z0-9][\w.-]*\s*(\[[\w.,\s-]*\])?\s*/;
const REST = /^(@\s*[^\s;|&`$"'<>]+|[\w\s.*+!,<>=~()-]*)\s*(;[\w\s.,'"<>=!()~+*-]+)?$/;
const APT = /^[a-z0-9][a-z0-9+.-]*(:[a-z0-9]+)?([=/][\w.:~+-]+)?$/;

/** Throws a tool error for the first that is no requirement as pip reads it, e.g. one with a shell command in it. */
export function assertPackages(packages: readonly string[]): void {
  const wrong = packages.find((text) => !isRequirement(text));
  if (wrong !== undefined)
    throw refuse(wrong, "Write it as in \"httpx[http2]>=0.27 ; python_version < '3.13'\".");
}

/** Throws a tool error for the first that is no Debian package. */
export function assertAptPackages(packages: readonly string[]): void {
  const wrong = packages.find((text) => !APT.test(text));
  if (wrong !== undefined) throw refuse(wrong, 'Write it as in "libpq-dev" or "git=1:2.39.5-0".');
}

function isRequirement(text: string): boolean {
  const name = text.length > LONGEST ? null : NAME.exec(text);
  return name !== null && REST.test(text.slice(name[0].length));
}

function refuse(wrong: string, hint: string): Error {
  const shown = JSON.stringify(wrong.length > 80 ? `${wrong.slice(0, 80)}...` : wrong);
  return createToolError({ code: "invalid_argument", message: `${shown} is no package.`, hint });
}
