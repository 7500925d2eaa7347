import { createSettingsError, isSettingsError, openFlyte, redact, runCommand } from "@flyte-mcp/core";
import type { Flyte } from "@flyte-mcp/core";
import { explain, hideSecrets } from "@flyte-mcp/core/command";
import { deploySettings } from "./deploy-settings.ts";
import type { DeployValues } from "./deploy-values.ts";
import { knownSecrets } from "./known-secrets.ts";
import { readPlan } from "./plan.ts";
import { runPlan } from "./run-plan.ts";
import { splitArguments } from "./split-arguments.ts";

export interface About {
  /** The program's name. */
  name: string;
  version: string;
  print(text: string): void;
}

const INTRO = `Puts this server onto a Flyte plane as an app, and waits until it answers. What stands after "--" are options of the server in the app
(flyte-mcp-http --help lists them): flyte-mcp-http deploy --image REF -- --read-only. They are checked before anything is sent.
Flyte is reached with your own login, which the app does not get.`;

// A person has a browser to open and a password to find.
const PATIENCE_MS = 300_000;

/** Runs `deploy`: settings of its own, those of the plane, and behind "--" those of the server in the app. */
export function deploy({ name, version, print }: About, argv: readonly string[]): Promise<void> {
  const { own, server } = splitArguments(argv);
  const command = `${name} deploy`;
  const tell = (text: string) => process.stderr.write(`${command}: ${text}\n`);
  return runCommand(
    {
      name: command,
      version,
      intro: INTRO,
      shape: deploySettings,
      print,
      async serve(values) {
        const isInteractive = process.stdin.isTTY === true;
        const person = { version, isInteractive, patienceMs: PATIENCE_MS };
        const { flyte } = await openFlyte(
          { ...values, sandbox: false, sandboxFile: undefined },
          neverLoaded,
          person,
        );
        try {
          assertOwnLogin(flyte);
          const plan = await readPlan(values, server, flyte);
          await runPlan(plan, flyte, { print, tell });
        } catch (error) {
          throw inPlainWords(error, flyte, values);
        }
      },
    },
    own,
  );
}

function neverLoaded(): Promise<never> {
  return Promise.reject(new Error("There is no sandbox to deploy to."));
}

function assertOwnLogin({ auth, problem }: Flyte): void {
  if (problem)
    throw createSettingsError(
      "No Flyte endpoint is configured: set --endpoint or FLYTE_ENDPOINT, or have a Flyte config file with admin.endpoint.",
    );
  if (auth === "pass-through")
    throw createSettingsError(
      "--auth-type Passthrough passes callers' credentials on, and here is no caller: log in as the flyte CLI does, or give FLYTE_ACCESS_TOKEN or FLYTE_API_KEY.",
    );
}

/** One sentence of what was wrong and one of what to do, without any credential. */
function inPlainWords(error: unknown, flyte: Flyte, values: DeployValues): Error {
  const secrets = knownSecrets(flyte, values);
  if (isSettingsError(error)) return createSettingsError(hideSecrets(error.message, secrets));
  if (error instanceof Error && !("explanation" in error) && error.name === "Error")
    return new Error(redact(error.message, secrets));
  const { message, hint } = explain(error, flyte.endpoint, secrets);
  return new Error(redact([message, hint].filter(Boolean).join(" "), secrets));
}
