import { create, toBinary } from "@bufbuild/protobuf";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { Code } from "@connectrpc/connect";
import type { DataProxyService, UploadInputsRequest } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import type { TaskIdentifier } from "@flyte-mcp/idl/task/task_definition";
import { TaskIdentifierSchema } from "@flyte-mcp/idl/task/task_definition";
import { invalidArgument, notFound, wrapped } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { STORAGE_PREFIX } from "../plane.ts";
import { assertProject } from "../state/projects.ts";
import { findTask, taskNotFound } from "../state/tasks.ts";
import { findTrigger, triggerNotFound } from "../state/triggers.ts";
import { hashInputs } from "../wire/inputs-hash.ts";
import { readActionData } from "./action-data.ts";
import { createDownloadLink } from "./download-link.ts";
import { tailLogs } from "./tail-logs.ts";
import { createUploadLocation } from "./upload-location.ts";

export function createDataProxyService(plane: Plane): Partial<ServiceImpl<typeof DataProxyService>> {
  return {
    uploadInputs: (request) => uploadInputs(plane, request),
    createUploadLocation: (request, context: HandlerContext) => createUploadLocation(plane, request, context),
    createDownloadLink: (request, context: HandlerContext) => createDownloadLink(plane, request, context),
    getActionData: ({ actionId }) => readActionData(plane, actionId),
    tailLogs: (request, { signal }) => tailLogs(plane, request, signal),
  };
}

function uploadInputs(plane: Plane, request: UploadInputsRequest) {
  const { project, domain } = readScope(request);
  assertProject(plane, project);
  const ignored = readIgnoredInputs(plane, request);
  const inputs = request.inputs ?? create(InputsSchema);
  const inputsHash = hashInputs(withoutIgnored(inputs, ignored));
  const base = request.baseDir.replace(/\/+$/, "") || `${STORAGE_PREFIX}/uploads`;
  const uri = [base, project, domain, "offloaded-inputs", inputsHash].join("/");
  plane.state.blobs[`${uri}/inputs.pb`] = toBinary(InputsSchema, inputs);
  plane.changed();
  return { offloadedInputData: { uri, inputsHash } };
}

function readScope({ id }: UploadInputsRequest): { project: string; domain: string } {
  if (id.case === "projectId") return { project: id.value.name, domain: id.value.domain };
  if (id.case === "runId") return id.value;
  throw invalidArgument("id is required");
}

/** Names of inputs that do not count for the cache, hence not for the hash. */
function readIgnoredInputs(plane: Plane, { task }: UploadInputsRequest): string[] {
  if (task.case === undefined) throw invalidArgument("task is required");
  const template = (task.case === "taskSpec" ? task.value : readTaskSpec(plane, task)).taskTemplate;
  return template?.metadata?.cacheIgnoreInputVars ?? [];
}

function readTaskSpec(
  plane: Plane,
  task: Exclude<UploadInputsRequest["task"], { case: "taskSpec" | undefined }>,
) {
  if (task.case === "taskId") return readDeployed(plane, task.value, "failed to get task");
  const trigger = findTrigger(plane, task.value);
  if (!trigger) throw wrapped("failed to get trigger", notFound(triggerNotFound(task.value)), Code.NotFound);
  const { project, domain, taskName: name } = trigger.name;
  const id = create(TaskIdentifierSchema, { project, domain, name, version: trigger.spec.taskVersion });
  return readDeployed(plane, id, "failed to get task for trigger");
}

function readDeployed(plane: Plane, id: TaskIdentifier, failure: string) {
  const row = findTask(plane, id);
  if (!row) throw wrapped(failure, notFound(taskNotFound(id)), Code.NotFound);
  return row.spec;
}

function withoutIgnored(inputs: Inputs, ignored: readonly string[]): Inputs {
  if (ignored.length === 0) return inputs;
  return create(InputsSchema, { literals: inputs.literals.filter(({ name }) => !ignored.includes(name)) });
}
