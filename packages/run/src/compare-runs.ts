import type { Scope, ToolContext } from "@flyte-mcp/core";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { ActionDetails, RunDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { fromNamedLiterals } from "@flyte-mcp/literals";
import { describeContainer, readRoot, rootAction } from "@flyte-mcp/observe";
import { readData } from "./read-data.ts";

const LONGEST_VALUE = 120;
const MOST_INPUTS = 10;

/** What of a run may differ from another's; values of variables are kept out, they may be secret. */
interface Facts {
  version: string | undefined;
  image: string | undefined;
  resources: string | undefined;
  env: ReadonlyMap<string, string>;
  inputs: ReadonlyMap<string, string> | undefined;
}

/** Something that is not as it was. */
export interface Change {
  what: string;
  now?: string | undefined;
  then?: string | undefined;
}

/** The newest run of the same task that went well, and what has changed since; undefined when none did. */
export async function compareWithLastGood(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
  root: ActionDetails,
): Promise<{ run: string; changes: Change[] } | undefined> {
  const task = root.metadata?.spec.case === "task" ? root.metadata.spec.value.id?.name : undefined;
  const good = task && (await findLastGood(flyte, scope, task, name));
  if (!good) return undefined;
  const earlier = await readRoot(flyte, scope, good);
  if (!earlier) return undefined;
  const [now, then] = await Promise.all([
    readFacts(flyte, scope, name, root),
    readFacts(flyte, scope, good, earlier),
  ]);
  return { run: good, changes: listChanges(now, then) };
}

async function findLastGood(flyte: ToolContext["flyte"], scope: Scope, task: string, but: string) {
  const newest = { key: "created_at" };
  const succeeded = {
    function: Filter_Function.EQUAL,
    field: "phase",
    values: [String(ActionPhase.SUCCEEDED)],
  };
  const request = { limit: 2, filters: [succeeded], sortBy: newest, sortByFields: [newest] };
  const scopeBy = { case: "taskName", value: { ...scope, name: task } } as const;
  const { runs } = await flyte(RunService).listRuns({ request, scopeBy });
  return runs.flatMap(({ action }) => action?.id?.run?.name ?? []).find((run) => run !== but);
}

async function readFacts(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
  root: ActionDetails,
): Promise<Facts> {
  const [{ details }, data] = await Promise.all([
    flyte(RunService).getRunDetails({ runId: { ...scope, name } }),
    readData(flyte, rootAction(scope, name)),
  ]);
  const template = root.spec.case === "task" ? root.spec.value.taskTemplate : undefined;
  const { image, resources } = describeContainer(template);
  const literals = "reason" in data ? undefined : (data.inputs?.literals ?? []);
  const inputs = literals && fromNamedLiterals(literals, template?.interface?.inputs?.variables ?? []).values;
  return {
    version: template?.id?.version,
    image,
    resources: resources && JSON.stringify(resources),
    env: envOf(root, details),
    inputs:
      inputs && new Map(Object.entries(inputs).map(([key, value]) => [key, JSON.stringify(value) ?? ""])),
  };
}

function envOf(root: ActionDetails, run: RunDetails | undefined): Map<string, string> {
  const target = root.spec.case === "task" ? root.spec.value.taskTemplate?.target : undefined;
  const own = target?.case === "container" ? target.value.env : [];
  const added = run?.runSpec?.envs?.values ?? [];
  return new Map([...own, ...added].map(({ key, value }) => [key, value]));
}

function listChanges(now: Facts, then: Facts): Change[] {
  const plain = (["version", "image", "resources"] as const).flatMap((what) =>
    now[what] === then[what] ? [] : [{ what, now: now[what], then: then[what] }],
  );
  const inputs =
    now.inputs && then.inputs
      ? keysOf(now.inputs, then.inputs).map((key) => ({
          what: `input ${key}`,
          now: shorten(now.inputs?.get(key)),
          then: shorten(then.inputs?.get(key)),
        }))
      : [];
  const env = keysOf(now.env, then.env).map((key) => ({ what: `environment variable ${key}` }));
  return [...plain, ...inputs.slice(0, MOST_INPUTS), ...env.slice(0, MOST_INPUTS)];
}

/** The keys whose values are not alike. */
function keysOf(now: ReadonlyMap<string, string>, then: ReadonlyMap<string, string>): string[] {
  const keys = [...new Set([...now.keys(), ...then.keys()])];
  return keys.filter((key) => now.get(key) !== then.get(key));
}

function shorten(text: string | undefined): string | undefined {
  return text !== undefined && text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
