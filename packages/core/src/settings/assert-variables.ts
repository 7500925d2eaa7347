import { nearestNames } from "../nearest.ts";
import { envNames, metaOf } from "./definitions.ts";
import type { SettingsShape } from "./setting-kinds.ts";
import { createSettingsError } from "./settings-error.ts";

/**
 * Throws a settings error on a `FLYTE_MCP_` variable that is no setting but near to one of policy: a misspelled
 * limit must not leave a server open. Other unknown variables may be meant for another program.
 */
export function assertVariables(shape: SettingsShape, env: Record<string, string | undefined>): void {
  const names = Object.entries(shape).map(([key, schema]) => ({
    schema,
    names: envNames(key, metaOf(schema)),
  }));
  const known = names.flatMap((entry) => entry.names);
  const strict = names.filter(({ schema }) => metaOf(schema).strict).flatMap((entry) => entry.names);
  const prefixes = names.flatMap(({ schema }) => metaOf(schema).prefix ?? []);
  for (const name of Object.keys(env)) {
    if (!name.startsWith("FLYTE_MCP_") || known.includes(name)) continue;
    const prefix = prefixes.find((candidate) => name.startsWith(candidate)) ?? "";
    const near = nearestBelow(prefix, name, strict);
    if (near) throw createSettingsError(`The variable ${name} is not known. Did you mean ${near}?`);
  }
}

/** The nearest of the names that begin as this one must, judged by the rest alone. */
function nearestBelow(prefix: string, name: string, candidates: readonly string[]): string | undefined {
  const rests = candidates.filter((candidate) => candidate.startsWith(prefix));
  const [near] = nearestNames(
    name.slice(prefix.length),
    rests.map((candidate) => candidate.slice(prefix.length)),
    1,
  );
  return near === undefined ? undefined : prefix + near;
}
