import { createHash } from "node:crypto";
import type { AppId } from "@flyte-mcp/app/lifecycle";
import { createSettingsError } from "@flyte-mcp/core";

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The subdomain with what stands in braces filled in, so that one form serves several projects. Throws a settings error. */
export function readSubdomain(
  form: string | undefined,
  { name, project, domain }: AppId,
): string | undefined {
  if (form === undefined) return undefined;
  const hash = createHash("sha256").update(`${project}-${domain}`).digest("hex").slice(0, 8);
  const parts: Record<string, string> = { name, project, domain, hash };
  const subdomain = form.replace(/\{(\w+)\}/g, (whole, part: string) => parts[part] ?? whole).toLowerCase();
  if (LABEL.test(subdomain)) return subdomain;
  throw createSettingsError(
    `--subdomain is "${subdomain.slice(0, 80)}"; it must be letters, digits and dashes, at most 63, such as flyte-mcp or {name}-{hash}.`,
  );
}
