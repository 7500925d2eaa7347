import type { ConfigFile } from "./config-file.ts";
import { metaOf } from "./definitions.ts";
import type { SettingsShape } from "./setting-kinds.ts";
import { createSettingsError } from "./settings-error.ts";

/**
 * Throws a settings error when a config file that merely lies in the working directory would decide where a secret
 * of the environment goes: whoever clones a repository has not read what is in it.
 */
export function assertTrusted(
  shape: SettingsShape,
  sources: Record<string, string>,
  file: ConfigFile | undefined,
): void {
  if (!file?.isFound || !sources["endpoint"]?.endsWith(` in ${file.path}`)) return;
  const secret = Object.entries(shape).find(([key, schema]) => metaOf(schema).secret && sources[key]);
  if (!secret) return;
  throw createSettingsError(
    `${sources[secret[0]]} would go to the endpoint in ${file.path}, which was only found in the working directory; ` +
      "name that file by --config, or the endpoint by --endpoint or FLYTE_ENDPOINT.",
  );
}
