import type { SettingsShape } from "./setting-kinds.ts";
import { describeSettings } from "./help.ts";
import { readSettings } from "./read-settings.ts";
import type { Settings } from "./read-settings.ts";
import { isSettingsError } from "./settings-error.ts";

export interface Command<S extends SettingsShape> {
  /** The program's name. */
  name: string;
  version: string;
  /** What the program is, for `--help`. */
  intro: string;
  shape: S;
  /** Where `--help` and `--version` go. */
  print(text: string): void;
  serve(values: Settings<S>["values"]): Promise<void>;
}

/** Runs a command line: `--help` and `--version` print, anything wrong with the settings is one sentence and exit code 2. */
export async function runCommand<S extends SettingsShape>(
  command: Command<S>,
  argv: readonly string[] = process.argv.slice(2),
): Promise<void> {
  try {
    const { values, file, warnings, help, version } = await readSettings(command.shape, {
      argv,
      env: process.env,
    });
    if (help)
      return command.print(describeSettings(`${command.name} [OPTIONS]`, command.intro, command.shape));
    if (version) return command.print(command.version);
    // For people who look into their client's log: any project may bring a file along.
    if (file !== undefined) process.stderr.write(`${command.name}: Flyte config file ${file}\n`);
    for (const warning of warnings) process.stderr.write(`${command.name}: ${warning}\n`);
    await command.serve(values);
  } catch (error) {
    process.stderr.write(`${command.name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = isSettingsError(error) ? 2 : 1;
  }
}
