import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { readLiteral, readString, record, string } from "../literals.ts";
import type { Arguments } from "../literals.ts";
import type { Script } from "../script.ts";
import { createUserError } from "../task-error.ts";

/** The task of a Python script that travels with its run. */
export const UV_SCRIPT_TASK = "mcp_scripts.run_script";

// What its spec takes where uv runs the script, and where its image does.
const BY_UV = "args,script";
const BY_IMAGE = "args,task_timeout";

const OWN = /^(_F_|FLYTE_MCP_)/;

/** What plays a script's run by the inputs of its spec, or undefined where it is none of ours. */
export function findUvScript(spec: TaskSpec | undefined, inputs: string): Script | undefined {
  if (inputs !== BY_UV && inputs !== BY_IMAGE) return undefined;
  return async ({ args, log, wait }) => {
    const given = readTexts(args, "args");
    log("the sandbox has no Python: it shows what the script was given and runs nothing of it");
    if (inputs === BY_UV) describeScript(readString(args, "script")).forEach(log);
    describePod(spec).forEach(log);
    const line = `the script was started with args ${JSON.stringify(given)}`;
    log(line);
    await wait(0);
    return inputs === BY_UV ? string(`${line}\n`) : record({ exit_code: 0, stdout: `${line}\n` });
  };
}

function describeScript(script: string): string[] {
  const lines = script.split("\n").length - (script.endsWith("\n") ? 1 : 0);
  const packages = /^# dependencies *= *(\[[^\]]*\])/m.exec(script)?.[1];
  return [
    `script: ${Buffer.byteLength(script)} bytes, ${lines} lines`,
    ...(packages === undefined ? [] : [`dependencies: ${packages.replace(/\s*\n#\s*/g, "")}`]),
  ];
}

/** Secrets by name only; a plane knows no more of them here. */
function describePod(spec: TaskSpec | undefined): string[] {
  const { target, securityContext } = spec?.taskTemplate ?? {};
  if (target?.case !== "container") return [];
  const { image, env, resources } = target.value;
  const asked = resources?.requests.map(({ value }) => value) ?? [];
  const secrets = securityContext?.secrets.map(({ key, envVar }) => `${envVar} from ${key}`) ?? [];
  const names = env.map(({ key }) => key).filter((key) => !OWN.test(key));
  return [
    `image: ${image}`,
    ...(asked.length === 0 ? [] : [`resources: ${asked.join(", ")}`]),
    ...(secrets.length === 0 ? [] : [`secrets: ${secrets.join(", ")}`]),
    ...(names.length === 0 ? [] : [`variables: ${names.join(", ")}`]),
  ];
}

function readTexts(args: Arguments, name: string): string[] {
  const { value } = readLiteral(args, name);
  if (value.case !== "collection") throw createUserError("TypeError", `'${name}' is not a list`, name);
  return value.value.literals.map((literal) => readString(new Map<string, Literal>([[name, literal]]), name));
}
