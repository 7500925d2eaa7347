import { isMessage } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { ActionIdentifierSchema } from "@flyte-mcp/idl/common/identifier";
import { GetProjectRequestSchema, ProjectService } from "@flyte-mcp/idl/project/project_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { Scope, ToolContext } from "../contract.ts";
import { failedRequest } from "../guard/last-request.ts";
import { readTargets } from "../guard/targets.ts";
import type { Target } from "../guard/targets.ts";
import { listRows } from "../list-rows.ts";
import { didYouMean, nearestNames } from "../nearest.ts";
import { explainApp } from "./missing-app.ts";
import { explainTrigger } from "./missing-trigger.ts";
import { createToolError } from "./tool-error.ts";
import type { Explanation } from "./tool-error.ts";

const MOST_PROJECTS = 2_000;
const MOST_ACTIONS = 12;

type Reads = ToolContext["flyte"];

/** What was not found, where, and which names are near; undefined when the error is of another kind. */
export async function explainNotFound(
  error: unknown,
  reads: Reads,
  org: string,
): Promise<Explanation | undefined> {
  if (!(error instanceof ConnectError) || !isNotFound(error)) return undefined;
  const request = failedRequest(error);
  if (isMessage(request?.message, GetProjectRequestSchema))
    return explainProject(reads, { org, project: request.message.id, domain: "" });
  const targets = request ? readTargets(request.schema, request.message) : [];
  const app = targets.find((target) => target.kind === "app");
  if (app?.place) {
    const place = { org, ...app.place };
    return (await explainProject(reads, place)) ?? explainApp(reads, app.name, place);
  }
  // A request may name a new run beside the task it is of: then it is the task that is missing.
  const missing =
    targets.find((target) => target.kind === "task") ?? targets.find((target) => target.kind === "run");
  if (missing === undefined) return undefined;
  const { name, project, domain } = missing.kind === "task" ? missing.task : (missing as RunTarget).run;
  const place = { org, project, domain };
  const trigger = targets.find((target) => target.kind === "trigger");
  const noTrigger = trigger && (await explainMissingTrigger(reads, trigger, place));
  if (noTrigger) return noTrigger;
  if (missing.kind === "task") return explainMissing(reads, "task", name, place);
  return explainMissing(reads, "run", name, place, request && actionOf(request.message));
}

/** The action that a request names beside its run. */
function actionOf(message: object): string | undefined {
  const { actionId } = message as { actionId?: unknown };
  return isMessage(actionId, ActionIdentifierSchema) ? actionId.name : undefined;
}

type RunTarget = Extract<Target, { kind: "run" }>;

/** A trigger is named with its task, which may be the one that is missing. */
async function explainMissingTrigger(
  reads: Reads,
  trigger: Extract<Target, { kind: "trigger" }>,
  place: Scope,
): Promise<Explanation | undefined> {
  return (await explainProject(reads, place)) ?? explainTrigger(reads, trigger, place);
}

/** Says that a task or run is not there, with near names; or that its project or domain is not, or that action of the run. */
export async function explainMissing(
  reads: Reads,
  kind: "task" | "run",
  name: string,
  place: Scope,
  action?: string,
): Promise<Explanation> {
  const noProject = await explainProject(reads, place);
  if (noProject) return noProject;
  // A run may be older than the newest, so its own actions are asked for first.
  const noAction = action === undefined ? undefined : await explainAction(reads, name, place, action);
  if (noAction) return noAction;
  const names = await (kind === "task" ? taskNames(reads, place) : runNames(reads, place)).catch(
    (): string[] => [],
  );
  if (kind === "task" && names.includes(name)) return explainVersion(reads, name, place);
  const message = `There is no ${kind} "${name}" in ${place.project}/${place.domain}.${didYouMean(name, names)}`;
  return { code: "not_found", message, hint: `Call list_${kind}s to see what exists.`, retryable: false };
}

async function explainVersion(reads: Reads, name: string, place: Scope): Promise<Explanation> {
  const newest = { key: "created_at" };
  const request = { limit: 10, sortBy: newest, sortByFields: [newest] };
  const listed = reads(TaskService).listVersions({ taskName: { ...place, name }, request });
  const known = await listed.then(({ versions }) => versions.map(({ version }) => version)).catch(() => []);
  const message = `There is no task "${name}" in that version in ${place.project}/${place.domain}.`;
  const hint =
    known.length === 0 ? "Call list_tasks to see the newest." : `Newest versions: ${known.join(", ")}.`;
  return { code: "not_found", message, hint, retryable: false };
}

/** What actions a run has, the nearest first; undefined when it has none to be seen. */
async function explainAction(
  reads: Reads,
  name: string,
  place: Scope,
  action: string,
): Promise<Explanation | undefined> {
  const listed = reads(RunService).listActions({ runId: { ...place, name }, request: { limit: 200 } });
  const known = await listed
    .then(({ actions }) => actions.flatMap(({ id }) => id?.name ?? []))
    .catch(() => []);
  if (known.length === 0) return undefined;
  const names = [...new Set([...nearestNames(action, known), ...known])];
  const more = names.length > MOST_ACTIONS ? " and more; list_actions shows them" : "";
  const message = `Run "${name}" in ${place.project}/${place.domain} has no such action.`;
  const hint = `It has ${names.slice(0, MOST_ACTIONS).join(", ")}${more}.`;
  return { code: "not_found", message, hint, retryable: false };
}

/** Throws a tool error with near names when a project does not exist; the plane answers an empty list for it. */
export async function assertProjectExists(flyte: Reads, place: Scope): Promise<void> {
  const explanation = await explainProject(flyte, place);
  if (explanation) throw createToolError(explanation);
}

async function explainProject(reads: Reads, place: Scope): Promise<Explanation | undefined> {
  const known = await projectsOf(reads, place.org).catch(() => undefined);
  if (known === undefined) return undefined;
  const project = known.find(({ id }) => id === place.project);
  if (!project) {
    const ids = known.map(({ id }) => id);
    const message = `There is no project "${place.project}".${didYouMean(place.project, ids)}`;
    return {
      code: "not_found",
      message,
      hint: `Projects: ${ids.slice(0, 20).join(", ")}.`,
      retryable: false,
    };
  }
  const domains = project.domains.map(({ id }) => id);
  if (domains.length === 0 || domains.includes(place.domain)) return undefined;
  const message = `Project "${place.project}" has no domain "${place.domain}".${didYouMean(place.domain, domains)}`;
  return { code: "not_found", message, hint: `Domains: ${domains.join(", ")}.`, retryable: false };
}

async function projectsOf(reads: Reads, org: string) {
  const pages = await listRows(MOST_PROJECTS, "", async (page) => {
    const { projects } = await reads(ProjectService).listProjects({ ...page, org });
    return { rows: projects?.projects ?? [], token: projects?.token ?? "" };
  });
  // Of an incomplete list nobody can say what is not on it.
  return pages.nextToken === undefined ? pages.rows : undefined;
}

async function taskNames(reads: Reads, { org, project, domain }: Scope): Promise<string[]> {
  const scopeBy = { case: "projectId", value: { organization: org, name: project, domain } } as const;
  const { tasks } = await reads(TaskService).listTasks({ request: { limit: 200 }, scopeBy });
  return tasks.flatMap((task) => task.taskId?.name ?? []);
}

async function runNames(reads: Reads, { org, project, domain }: Scope): Promise<string[]> {
  const scopeBy = { case: "projectId", value: { organization: org, name: project, domain } } as const;
  const newest = { key: "created_at" };
  const request = { limit: 100, sortBy: newest, sortByFields: [newest] };
  const { runs } = await reads(RunService).listRuns({ request, scopeBy });
  return runs.flatMap((run) => run.action?.id?.run?.name ?? []);
}

function isNotFound(error: ConnectError): boolean {
  // CreateRun answers `unknown` for a task that does not exist.
  return error.code === Code.NotFound || (error.code === Code.Unknown && /not found/.test(error.rawMessage));
}
