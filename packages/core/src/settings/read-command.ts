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
  /** The first word `doctor`: looks at settings and plane instead of serving, and ends the process. */
  doctor?(settings: Settings<S>, asJson: boolean): Promise<void>;
}

/** Runs a command line: `--help` and `--version` print, anything wrong with the settings is one sentence and exit code 2. */
export async function runCommand<S extends SettingsShape>(
  command: Command<S>,
  given: readonly string[] = process.argv.slice(2),
): Promise<void> {
  const doctor = given[0] === "doctor" ? command.doctor : undefined;
  const asJson = doctor !== undefined && given.includes("--json");
  const argv = doctor ? given.slice(1).filter((arg) => arg !== "--json") : given;
  try {
    const settings = await readSettings(command.shape, { argv, env: process.env });
    if (settings.help) return command.print(describe(command, doctor !== undefined));
    if (settings.version) return command.print(command.version);
    if (doctor) return await doctor(settings, asJson);
    const { values, file, warnings } = settings;
    // For people who look into their client's log: any project may bring a file along.
    if (file !== undefined) process.stderr.write(`${command.name}: Flyte config file ${file}\n`);
    for (const warning of warnings) process.stderr.write(`${command.name}: ${warning}\n`);
    await command.serve(values);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (asJson) command.print(JSON.stringify({ ok: false, problems: [{ severity: "error", message }] }));
    else process.stderr.write(`${command.name}: ${message}\n`);
    process.exitCode = isSettingsError(error) ? 2 : 1;
  }
}

function describe<S extends SettingsShape>(
  { name, intro, shape, doctor }: Command<S>,
  isDoctor: boolean,
): string {
  if (isDoctor) {
    const about =
      "Says which settings are in force, where each comes from, and whether Flyte answers to them; exits with 0 only where a tool call would work. --json prints it for a machine.";
    return describeSettings(`${name} doctor [--json] [OPTIONS]`, about, shape);
  }
  const more = doctor
    ? `\n\n\`${name} doctor\` with the same options says whether Flyte is reached, and if not, what to set.`
    : "";
  return describeSettings(`${name} [OPTIONS]`, `${intro}${more}`, shape);
}
