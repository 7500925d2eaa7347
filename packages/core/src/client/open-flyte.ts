import type { sandboxSettings } from "../settings/definitions.ts";
import type { Settings } from "../settings/read-settings.ts";
import { createSettingsError } from "../settings/settings-error.ts";
import { createFlyte } from "./flyte.ts";
import type { Flyte, FlyteOptions, FlyteValues } from "./flyte.ts";

/** The embedded plane's package, loaded only when it is asked for. */
export type LoadSandbox = () => Promise<{
  startSandbox(options: { file?: string }): Promise<{ url: string; close(): Promise<void> }>;
}>;

/** A plane, and what a server does to it before it exits. */
export interface OpenFlyte {
  flyte: Flyte;
  close(): Promise<void>;
}

type Values = FlyteValues & Settings<typeof sandboxSettings>["values"];

/** The plane that the settings name: the embedded one with `--sandbox`, else the configured one. Throws a settings error. */
export async function openFlyte(
  values: Values,
  loadSandbox: LoadSandbox,
  options: FlyteOptions = {},
): Promise<OpenFlyte> {
  if (!values.sandbox && values.sandboxFile) throw createSettingsError("--sandbox-file needs --sandbox.");
  if (!values.sandbox) return { flyte: createFlyte(values, options), close: async () => undefined };
  const { startSandbox } = await loadSandbox();
  const { url, close } = await startSandbox({ file: values.sandboxFile }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw createSettingsError(`The sandbox cannot start: ${reason}`);
  });
  const { consoleUrl, project = "flytesnacks", domain = "development" } = values;
  const place = { endpoint: url, insecure: true, project, domain, consoleUrl };
  const sandboxed = createFlyte({ ...place, authType: "None" }, options);
  const ignored = values.endpoint === undefined ? [] : [`The sandbox is used, not ${values.endpoint}.`];
  const flyte = { ...sandboxed, warnings: ignored };
  // The embedded plane has no console: a link into it would lead nowhere.
  return { flyte: consoleUrl === undefined ? { ...flyte, consoleUrl: () => undefined } : flyte, close };
}
