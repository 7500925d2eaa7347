import { clone } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type {
  InternalRunService,
  RecordActionRequest,
  UpdateActionStatusRequest,
} from "@flyte-mcp/idl/workflow/internal_run_service";
import { ActionStatusSchema, ActionType } from "@flyte-mcp/idl/workflow/run_definition";
import type { Plane } from "../plane.ts";
import { createAction, recordEvents, updateStatus } from "../state/actions.ts";
import { createActionRow } from "../state/action-row.ts";
import type { ActionRow } from "../state/state.ts";
import { withoutOrg } from "../state/tasks.ts";

const OK = { status: {} };

/** How executors tell a plane what happens; a failure is reported inside of an OK answer. */
export function createInternalRunService(plane: Plane): Partial<ServiceImpl<typeof InternalRunService>> {
  return {
    recordAction: (request) => recordAction(plane, request),
    updateActionStatus: (request) => update(plane, request),
    recordActionEvents: ({ events }) => {
      recordEvents(plane, events);
      return OK;
    },
    async *recordActionStream(requests) {
      for await (const { request } of requests) yield { response: request && recordAction(plane, request) };
    },
    async *updateActionStatusStream(requests) {
      for await (const { request, nonce } of requests)
        yield { response: request && update(plane, request), nonce };
    },
    async *recordActionEventStream(requests) {
      for await (const { request, nonce } of requests) {
        if (request?.event) recordEvents(plane, [request.event]);
        yield { response: { actionId: request?.event?.id, ...OK }, nonce };
      }
    },
  };
}

function update(plane: Plane, { actionId, status, output }: UpdateActionStatusRequest) {
  if (status) updateStatus(plane, actionId, clone(ActionStatusSchema, status), output);
  return { actionId, ...OK };
}

function recordAction(plane: Plane, request: RecordActionRequest) {
  const { actionId, parent, group, inputUri: inputsUri, spec } = request;
  const invalid = {
    actionId,
    status: { code: 3, message: `unsupported action spec type: ${spec.case ?? "<nil>"}` },
  };
  if (!actionId?.run || !spec.case) return invalid;
  const createdAt = spec.case === "trace" ? spec.value.startTime : undefined;
  const row = createActionRow(plane, {
    run: actionId.run,
    name: actionId.name,
    parent,
    group,
    inputsUri,
    createdAt,
  });
  createAction(plane, { ...row, ...readSpec(spec) });
  return { actionId, ...OK };
}

function readSpec({ case: kind, value }: RecordActionRequest["spec"]): Partial<ActionRow> {
  if (kind === "trace")
    return {
      actionType: ActionType.TRACE,
      trace: value,
      phase: ActionPhase.SUCCEEDED,
      endedAt: value.endTime,
    };
  if (kind === "condition") return { actionType: ActionType.CONDITION, condition: value };
  return { actionType: ActionType.TASK, taskId: value?.id && withoutOrg(value.id), taskSpec: value?.spec };
}
