import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { ASK_TASK, readAskSpec } from "../seed/ask-spec.ts";
import { BUILD_TASK, readBuildSpec } from "../seed/build-spec.ts";
import { readSeedSpec } from "../seed/specs.ts";
import type { Script } from "./script.ts";
import { add, everything, pay } from "./scripts/arithmetic.ts";
import { buildImage } from "./scripts/build-image.ts";
import { fail, flaky } from "./scripts/failures.ts";
import { fanFail, fanOut } from "./scripts/fan.ts";
import { ask, chatty, gate, slow } from "./scripts/patience.ts";
import { findUvScript, UV_SCRIPT_TASK } from "./scripts/uv-script.ts";
import { createSystemError } from "./task-error.ts";

const SCRIPTS: Record<string, Script> = {
  "payroll.pay": pay,
  "seed.add": add,
  "seed.chatty": chatty,
  "seed.everything": everything,
  "seed.fail": fail,
  "seed.fan_fail": fanFail,
  "seed.fan_out": fanOut,
  "seed.flaky": flaky,
  "seed.gate": gate,
  "seed.slow": slow,
  [ASK_TASK]: ask,
  [BUILD_TASK]: buildImage,
};

/** The task whose image cannot be pulled. */
export const UNPULLABLE = "pulls.never";

/** What plays a task; one that is not of the seed, even if named alike, fails and says why. */
export function findScript(name: string, spec: TaskSpec | undefined): Script {
  const script = SCRIPTS[name];
  if (script && inputNames(ownSpec(name)) === inputNames(spec)) return script;
  const uvScript = name === UV_SCRIPT_TASK ? findUvScript(spec, inputNames(spec)) : undefined;
  if (uvScript) return uvScript;
  return async () => {
    throw createSystemError(
      `the sandbox plays only the seed tasks (${Object.keys(SCRIPTS).join(", ")}) and cannot run ${name || "this task"}: ` +
        "it has no Python; run it on a real Flyte",
    );
  };
}

function ownSpec(name: string): TaskSpec {
  if (name === ASK_TASK) return readAskSpec();
  return name === BUILD_TASK ? readBuildSpec() : readSeedSpec(name);
}

function inputNames(spec: TaskSpec | undefined): string {
  const variables = spec?.taskTemplate?.interface?.inputs?.variables ?? [];
  return variables.map(({ key }) => key).join();
}
