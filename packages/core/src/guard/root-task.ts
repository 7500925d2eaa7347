import { Code, ConnectError, createClient } from "@connectrpc/connect";
import type { Client, Transport } from "@connectrpc/connect";
import type { RunIdentifier } from "@flyte-mcp/idl/common/identifier";
import type { Run, RunDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { TaskRef } from "../policy.ts";
import { refusal } from "./refusal.ts";

/** Finds the task of a run's root action; undefined for a run that does not exist. */
export type FindRootTask = (run: RunIdentifier, signal?: AbortSignal) => Promise<TaskRef | undefined>;

// A server may stay for months.
const MOST_RUNS = 10_000;

/** Looks a run's task up once by `GetRunDetails`, below the guard, and remembers it: a run never changes its task. */
export function createRootTaskFinder(transport: Transport): FindRootTask {
  const known = new Map<string, TaskRef>();
  let client: Client<typeof RunService> | undefined;
  return async (run, signal) => {
    const key = JSON.stringify([run.org, run.project, run.domain, run.name]);
    const remembered = known.get(key);
    if (remembered) return remembered;
    // Most calls never ask, and a client costs as much as a small call.
    client ??= createClient(RunService, transport);
    const details = await client.getRunDetails({ runId: run }, { signal }).catch(absent);
    if (details === undefined) return undefined;
    const task = rootTaskOf(details.details);
    if (task === undefined) throw refusal(`The task of run ${run.name} is unknown`);
    known.set(key, task);
    if (known.size > MOST_RUNS) known.delete(known.keys().next().value ?? "");
    return task;
  };
}

/** The task that a run row or its details name, where they name one. */
export function rootTaskOf(run: Run | RunDetails | undefined): TaskRef | undefined {
  const spec = run?.action?.metadata?.spec;
  return spec?.case === "task" ? spec.value.id : undefined;
}

function absent(error: unknown): undefined {
  if (ConnectError.from(error).code !== Code.NotFound) throw error;
  return undefined;
}
