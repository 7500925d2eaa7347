import { clone, create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { RunIdentifier } from "@flyte-mcp/idl/common/identifier";
import { RunIdentifierSchema } from "@flyte-mcp/idl/common/identifier";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import type { RunSpec } from "@flyte-mcp/idl/task/run";
import { RunSpecSchema } from "@flyte-mcp/idl/task/run";
import type { TaskIdentifier, TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskIdentifierSchema } from "@flyte-mcp/idl/task/task_definition";
import type { CreateRunRequest } from "@flyte-mcp/idl/workflow/run_service";
import { invalidArgument, notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { STORAGE_PREFIX } from "../plane.ts";
import { createAction, ROOT_ACTION } from "../state/actions.ts";
import { createActionRow } from "../state/action-row.ts";
import { assertProject } from "../state/projects.ts";
import type { ActionRow, LaunchedBy } from "../state/state.ts";
import { findTask, taskNotFound, withoutOrg } from "../state/tasks.ts";
import { findTrigger, triggerNotFound } from "../state/triggers.ts";
import { assertRunName, generateRunName } from "./run-name.ts";

/** What is to be run, from a deployed task, an inline spec or a trigger. */
interface Launch {
  taskId: TaskIdentifier;
  taskSpec: TaskSpec;
  launchedBy?: LaunchedBy;
  runSpec?: RunSpec | undefined;
  inputs?: CreateRunRequest["inputWrapper"];
}

/** Creates a run, or gives back the one that has the name already, as Flyte does. */
export function createRun(plane: Plane, request: CreateRunRequest): ActionRow {
  const runId = readRunId(request);
  assertProject(plane, runId.project);
  const launch = readLaunch(plane, request);
  const runSpec = completeRunSpec(plane, request, launch);
  const wrapper = request.inputWrapper.case ? request.inputWrapper : (launch.inputs ?? request.inputWrapper);
  const inputsUri = storeInputs(plane, runId, wrapper, launch.taskSpec, runSpec);
  const before = plane.state.actions.length;
  const row = createAction(plane, {
    ...createActionRow(plane, { run: runId, name: ROOT_ACTION, parent: "", inputsUri }),
    ...{ taskId: launch.taskId, taskSpec: launch.taskSpec, launchedBy: launch.launchedBy },
    ...{ runSpec, source: request.source, phase: ActionPhase.QUEUED },
  });
  if (plane.state.actions.length > before) plane.executor?.start(row);
  return row;
}

function readRunId({ id }: CreateRunRequest): RunIdentifier {
  if (id.case === "runId") {
    const { project, domain, name } = id.value;
    assertRunName(name);
    return create(RunIdentifierSchema, { project, domain, name });
  }
  if (id.case !== "projectId") throw invalidArgument("invalid run ID type");
  return create(RunIdentifierSchema, {
    project: id.value.name,
    domain: id.value.domain,
    name: generateRunName(),
  });
}

function readLaunch(plane: Plane, { task }: CreateRunRequest): Launch {
  if (task.case === "triggerName") return readTriggerLaunch(plane, task.value);
  if (task.case === "taskSpec") {
    const { project = "", domain = "", name = "", version = "" } = task.value.taskTemplate?.id ?? {};
    return { taskSpec: task.value, taskId: create(TaskIdentifierSchema, { project, domain, name, version }) };
  }
  const taskId = task.case === "taskId" ? withoutOrg(task.value) : create(TaskIdentifierSchema);
  return { taskId, taskSpec: readTaskSpec(plane, taskId) };
}

function readTaskSpec(plane: Plane, taskId: TaskIdentifier): TaskSpec {
  const spec = findTask(plane, taskId)?.spec;
  // Flyte gives this error no code of its own.
  if (!spec) throw new ConnectError(taskNotFound(taskId), Code.Unknown);
  return spec;
}

function readTriggerLaunch(plane: Plane, name: Parameters<typeof findTrigger>[1]): Launch {
  const trigger = findTrigger(plane, name);
  if (!trigger) throw notFound(`trigger "${name?.name ?? ""}" not found: ${triggerNotFound(name)}`);
  trigger.triggeredAt = plane.clock();
  const { project, domain, taskName } = trigger.name;
  const taskId = create(TaskIdentifierSchema, {
    project,
    domain,
    name: taskName,
    version: trigger.spec.taskVersion,
  });
  return {
    taskId,
    taskSpec: readTaskSpec(plane, taskId),
    launchedBy: { name: trigger.name.name, taskName, revision: trigger.revision },
    runSpec: trigger.spec.runSpec,
    // What a trigger holds itself is not restored: a run that is given nothing gets the defaults of the task.
    ...(trigger.spec.inputWrapper.case === "offloadedInputData" ? { inputs: trigger.spec.inputWrapper } : {}),
  };
}

function completeRunSpec(plane: Plane, request: CreateRunRequest, { taskSpec, runSpec }: Launch): RunSpec {
  const spec = clone(RunSpecSchema, request.runSpec ?? runSpec ?? create(RunSpecSchema));
  if (hasRunStartTime(taskSpec)) spec.runStartTime ??= request.runStartTime ?? plane.clock();
  if (!spec.rawDataStorage?.rawDataPrefix)
    spec.rawDataStorage = create(RunSpecSchema, {
      rawDataStorage: { rawDataPrefix: STORAGE_PREFIX },
    }).rawDataStorage;
  return spec;
}

/** Tasks of SDKs before 2.3.6 have no placeholder for the start time, so their runs get none. */
function hasRunStartTime(taskSpec: TaskSpec): boolean {
  const version = /(\d+)\.(\d+)\.(\d+)/.exec(taskSpec.taskTemplate?.metadata?.runtime?.version ?? "");
  if (!version) return false;
  const [major, minor, patch] = version.slice(1).map(Number) as [number, number, number];
  return major * 1e6 + minor * 1e3 + patch >= 2_003_006;
}

function storeInputs(
  plane: Plane,
  { project, domain, name }: RunIdentifier,
  wrapper: CreateRunRequest["inputWrapper"],
  taskSpec: TaskSpec,
  runSpec: RunSpec,
): string {
  if (wrapper.case === "offloadedInputData") return `${wrapper.value.uri}/inputs.pb`;
  const base = runSpec.runBaseDir || STORAGE_PREFIX;
  const uri = `${base}/${project}/${domain}/${name}/inputs/inputs.pb`;
  const given = wrapper.case === "inputs" ? wrapper.value : create(InputsSchema);
  plane.state.blobs[uri] = toBinary(InputsSchema, fillDefaults(given, taskSpec));
  return uri;
}

/** Inputs with the defaults of the task for what was not given; what is required stays missing. */
export function fillDefaults(inputs: Inputs, taskSpec: TaskSpec): Inputs {
  const filled = clone(InputsSchema, inputs);
  for (const { name, parameter } of taskSpec.defaultInputs) {
    if (filled.literals.some((literal) => literal.name === name)) continue;
    if (parameter?.behavior.case !== "default") continue;
    filled.literals.push(
      ...create(InputsSchema, { literals: [{ name, value: parameter.behavior.value }] }).literals,
    );
  }
  return filled;
}
