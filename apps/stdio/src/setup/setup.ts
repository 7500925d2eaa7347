import { homedir } from "node:os";
import { createInterface } from "node:readline/promises";
import { clientPrograms } from "@flyte-mcp/clients";
import { chooseFile, lookUp, planSetup, planUndo } from "@flyte-mcp/clients/setup";
import type { Plan } from "@flyte-mcp/clients/setup";
import { isSettingsError } from "@flyte-mcp/core";
import { readRequest } from "./read-request.ts";
import type { SetupRequest } from "./read-request.ts";

const USAGE = `Usage: flyte-mcp setup [CLIENT] [OPTIONS] [OPTIONS OF THE SERVER]

Puts this server into a client's own settings: shows the change, asks, keeps a backup and touches nothing else.
Without CLIENT it lists the clients and which of them have the server.

  --as NAME             What the server is called there; flyte when left out.
  --url URL             A flyte-mcp-http that runs elsewhere, instead of a command to launch.
  --settings-file FILE  The client's settings, where they are not in the usual place.
  --undo                Take the server out again.
  --dry-run             Show the change, write nothing.
  -y, --yes             Write without asking.

What else is given, such as --endpoint or --read-only, becomes part of the command that the client launches.

Clients: ${clientPrograms.map(({ id }) => id).join(", ")}`;

const print = (text: string) => void process.stdout.write(`${text}\n`);

/** Runs `flyte-mcp setup`; whatever is wrong is one sentence on stderr, exit code 2 for the command line, else 1. */
export async function setup(argv: readonly string[]): Promise<void> {
  try {
    const request = await readRequest(argv);
    if (request.help) return print(USAGE);
    await (request.client ? change(request, request.client) : list(request));
  } catch (error) {
    // Node's own words on a command line go on for three lines.
    const isUsage = isSettingsError(error) || (error instanceof TypeError && "code" in error);
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`flyte-mcp: ${isUsage ? message.split("\n", 1).join("") : message}\n`);
    process.exitCode = isUsage ? 2 : 1;
  }
}

const places = () => ({
  platform: process.platform,
  home: process.env["HOME"] || homedir(),
  env: process.env,
});

async function list({ name }: SetupRequest): Promise<void> {
  const rows = clientPrograms.map(async (client) => {
    const path = chooseFile(client, places());
    const state = await lookUp({ client, name }, path).catch(() => "unreadable");
    return `${client.id.padEnd(16)}${state.padEnd(18)}${path}`;
  });
  print(
    [...(await Promise.all(rows)), "", "flyte-mcp setup CLIENT adds the server; --help tells more."].join(
      "\n",
    ),
  );
}

async function change(request: SetupRequest, client: NonNullable<SetupRequest["client"]>): Promise<void> {
  const spot = { client, name: request.name };
  const path = request.settingsFile ?? chooseFile(client, places());
  const plan = await (request.undo ? planUndo(spot, path) : planSetup(spot, request.launch, path));
  if (plan.lines.length === 0) {
    const state = request.undo
      ? `has no server "${request.name}"`
      : `has this server as "${request.name}" already`;
    return print(`${plan.path} ${state}; nothing to do.`);
  }
  print([plan.path, ...plan.lines.map((line) => `  ${line}`)].join("\n"));
  if (request.dryRun) return;
  if (!request.yes && !(await isAgreed())) {
    const hint = process.stdin.isTTY ? "" : " Add --yes to write it.";
    print(`Nothing was written.${hint}`);
    process.exitCode = 1;
    return;
  }
  await plan.carryOut();
  print(describeDone(plan, request, client.then));
}

async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C, Ctrl-D and the end of input are a no as well; the line that they end is not.
  const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  const asked = lines.question("Write this? [y/N] ").catch(() => "");
  const answer = await Promise.race([asked, ended]);
  if (answer === "") print("");
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

function describeDone({ backup }: Plan, { client, name, undo }: SetupRequest, then: string): string {
  if (undo) return "Taken out.";
  const kept = backup === undefined ? "" : ` The file as it was is kept as ${backup}.`;
  const option = name === "flyte" ? "" : ` --as ${name}`;
  return `Written.${kept} ${then}\nTo take it out: flyte-mcp setup ${client?.id}${option} --undo`;
}
