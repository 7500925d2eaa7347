import { assertProjectExists, createToolError, defineTool } from "@flyte-mcp/core";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import {
  chooseRunName,
  createRunSpec,
  fingerprint,
  isChosen,
  isLaunched,
  launchRun,
  markLaunch,
} from "@flyte-mcp/launch";
import { toInputs } from "@flyte-mcp/literals";
import { z } from "zod";
import { assertHeader } from "./assert-header.ts";
import { assertNoCredential, assertNotReserved, assertPlainVariables } from "./assert-no-credential.ts";
import { assertSecrets } from "./assert-secrets.ts";
import { imageRunner, uvRunner } from "./runners.ts";
import { STOCK_IMAGE } from "./script-settings.ts";
import { readCall, scriptInput } from "./script-input.ts";
import type { ScriptCall } from "./script-input.ts";
import type { ScriptOptions } from "./script-settings.ts";
import { createTaskSpec, GRACE_S } from "./script-task.ts";
import type { Runner } from "./script-task.ts";

const output = z.object({
  name: z.string().describe("Of the run."),
  project: z.string(),
  domain: z.string(),
  image: z.string(),
  already_exists: z.boolean().optional().describe("true: nothing was launched."),
  message: z.string().optional(),
  url: z.string().optional(),
});

const NOTHING_NEW = "Nothing was launched: this run of the script is there already.";

/** `run_uv_script_remote` by the image that the options name. */
export function runScriptTool(options: ScriptOptions) {
  return defineTool({
    name: "run_uv_script_remote",
    title: "Run script",
    description:
      "Run a Python script on the cluster by uv and return at once with the run's name. Follow with wait_for_run, then get_run_io or get_logs.",
    effect: "write",
    inlineCode: true,
    input: scriptInput,
    output,

    async run(input, { flyte, scope, consoleUrl, upload }) {
      const given = readCall(input);
      const place = scope(given);
      const { project, domain } = place;
      assertHarmless(given);
      const image = given.image ?? options.image ?? STOCK_IMAGE;
      const { runner, inputs } = chooseRunner(given);
      const chosen = { argument: "name", name: undefined, key: given.idempotency_key };
      const mark = fingerprintOf(given);
      const name = chooseRunName(place, chosen);
      const answer = { name, project, domain, image };
      await assertProjectExists(flyte, place);
      await assertSecrets(flyte, place, Object.values(given.secrets));
      const url = consoleUrl({ kind: "runs", project, domain, path: [name] });
      const find = () => isLaunched(flyte, place, name, chosen, mark);
      if (await find()) return { ...answer, already_exists: true, message: NOTHING_NEW, url };
      const { resources, timeout_s: timeoutS, secrets } = given;
      const pod = { image, resources, timeoutS, secrets };
      const spec = createTaskSpec(place, runner, await upload(place, runner.bundle), pod);
      await launchRun(flyte, {
        scope: place,
        name,
        task: { case: "taskSpec", value: spec },
        inputs,
        runSpec: createRunSpec(markLaunch(optionsOf(given), chosen, mark)),
        ignoredInputs: [],
        isChosen: isChosen(chosen),
      });
      // Another call with the name may have come first; then the plane has kept that one's run.
      await find();
      return { ...answer, url };
    },
  });
}

function assertHarmless({ script, args, image, env_vars, secrets }: ScriptCall): void {
  // An image brings its packages along, so the block is nobody's business then.
  if (image === undefined) assertHeader(script);
  assertPlainVariables(env_vars);
  assertNoCredential("script", script);
  args.forEach((text, index) => assertNoCredential(`args[${index}]`, text));
  for (const name of Object.keys(secrets)) {
    assertNotReserved(name);
    if (!Object.hasOwn(env_vars, name)) continue;
    const message = `No run was created: ${name} is both in env_vars and in secrets.`;
    throw createToolError({ code: "invalid_argument", message });
  }
}

/** An image with the script's packages runs it itself; otherwise uv installs them. */
function chooseRunner({ script, args, image, timeout_s }: ScriptCall): { runner: Runner; inputs: Inputs } {
  const runner = image === undefined ? uvRunner(timeout_s) : imageRunner(script, timeout_s);
  // The SDK's runner stops a script a minute before its own time is over.
  const json = image === undefined ? { args, script } : { args, task_timeout: timeout_s + GRACE_S };
  const inputs = toInputs(runner.inputs.variables, [], json);
  if (inputs.ok) return { runner, inputs: inputs.value };
  const problems = inputs.problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw createToolError({ code: "invalid_argument", message: `No run was created: ${problems}.` });
}

function optionsOf({ env_vars }: ScriptCall) {
  return Object.keys(env_vars).length === 0 ? {} : { env_vars };
}

function fingerprintOf({ script, args, image, resources, timeout_s, env_vars, secrets }: ScriptCall): string {
  return fingerprint({ script, args, image, resources, timeout_s, env_vars, secrets });
}
