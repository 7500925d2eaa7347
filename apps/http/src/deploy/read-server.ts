import { devNull } from "node:os";
import { createGroups } from "@flyte-mcp/composition";
import { createSettingsError, isSettingsError, readPolicy, readSettings, selectTools } from "@flyte-mcp/core";
import type { Settings } from "@flyte-mcp/core";
import { readCallerRules } from "../auth/read-caller-rules.ts";
import type { CallerRules } from "../auth/read-caller-rules.ts";
import { settings } from "../settings.ts";
import { credentialNames } from "./credential-names.ts";
import type { MountedSecret } from "./read-secrets.ts";

/** The server as its settings will make it in the app. */
export interface AppServer {
  /** The options after `--`, as they were given. */
  options: readonly string[];
  values: Settings<typeof settings>["values"];
  rules: CallerRules;
  /** Whether a tool is offered that changes something. */
  writes: boolean;
  /** Whether a credential is mounted with which it can call Flyte as itself. */
  hasCredential: boolean;
  warnings: readonly string[];
}

const ELSEWHERE: Record<string, string> = {
  "--port": "--container-port says on which port the server listens",
  "--host": "the server listens on all addresses of its container",
  "--config": 'no Flyte config file of this machine is in the app; give its settings after "--" or by --env',
  "--shared-secret-file":
    'no file of this machine is in the app; give --secret KEY:FLYTE_MCP_SHARED_SECRET before "--"',
  "--help": 'it is asked before "--"',
  "--version": 'it is asked before "--"',
};

/** Reads the server's settings as the app's container will, and refuses what would stop its start. Throws a settings error. */
export async function readServer(
  options: readonly string[],
  port: number,
  env: ReadonlyMap<string, string>,
  secrets: readonly MountedSecret[],
): Promise<AppServer> {
  assertOptions(options, env);
  try {
    return await readInApp(options, port, env, secrets);
  } catch (error) {
    if (!isSettingsError(error)) throw error;
    throw createSettingsError(`The server in the app would not start: ${error.message}`);
  }
}

async function readInApp(
  options: readonly string[],
  port: number,
  env: ReadonlyMap<string, string>,
  secrets: readonly MountedSecret[],
): Promise<AppServer> {
  const places = { ...Object.fromEntries(env), ...standIns(secrets), K_SERVICE: "app" };
  const { values, warnings } = await readSettings(settings, {
    argv: [...listenOn(port), ...options],
    env: places,
    home: devNull,
  });
  const rules = readCallerRules({ ...values, allowedHosts: values.allowedHosts ?? ["app"] });
  const { writes, notes } = await judgeTools(values);
  const mounted = secrets.map(({ envVar }) => envVar);
  const own = [...credentialNames].flatMap(([key, names]) => (key === "sharedSecret" ? [] : names));
  return {
    options,
    values,
    rules,
    writes,
    hasCredential: mounted.some((name) => own.includes(name)),
    warnings: [...warnings, ...notes],
  };
}

/** The options by which the server is reached in its container. */
export function listenOn(port: number): string[] {
  return ["--host", "0.0.0.0", "--port", String(port)];
}

function assertOptions(options: readonly string[], env: ReadonlyMap<string, string>): void {
  for (const [option, why] of Object.entries(ELSEWHERE)) {
    const isGiven = options.some((word) => word === option || word.startsWith(`${option}=`));
    if (isGiven) throw createSettingsError(`${option} cannot be given to the app: ${why}.`);
  }
  if (env.has("FLYTE_MCP_SHARED_SECRET_FILE"))
    throw createSettingsError(`--env FLYTE_MCP_SHARED_SECRET_FILE: ${ELSEWHERE["--shared-secret-file"]}.`);
}

/** What the plane will put in place of each secret is not known here, only of what form it must be. */
function standIns(secrets: readonly MountedSecret[]): Record<string, string> {
  const apiKey = Buffer.from("app.example:client:stand-in-for-a-secret:None").toString("base64");
  const isKey = (name: string) => credentialNames.get("apiKey")?.includes(name);
  return Object.fromEntries(
    secrets.map(({ envVar }) => [envVar, isKey(envVar) ? apiKey : "stand-in-for-a-secret"]),
  );
}

/** A policy file and packages of one's own are in the image at best: they are judged at its start, and can only forbid more or add. */
async function judgeTools(values: AppServer["values"]): Promise<{ writes: boolean; notes: string[] }> {
  const policy = await readPolicy({ ...values, policy: undefined });
  const notes =
    values.policy === undefined
      ? []
      : [`The policy file ${values.policy} is read in the app and was not looked at here.`];
  if (values.group?.length) {
    const note = `The packages of --group are loaded in the app and were not looked at here.`;
    return { writes: values.readOnly !== true, notes: [...notes, note] };
  }
  const tools = selectTools(await createGroups({ ...values, secretDir: undefined }, import.meta.url), policy);
  return { writes: tools.some(({ effect }) => effect !== "read"), notes };
}
