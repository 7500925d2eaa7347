import { clone, create } from "@bufbuild/protobuf";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { RunIdentifier } from "@flyte-mcp/idl/common/identifier";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import { TaskIdentifierSchema, TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import {
  ActionType,
  ConditionActionSchema,
  ConditionPromptType,
} from "@flyte-mcp/idl/workflow/run_definition";
import type { Plane } from "../plane.ts";
import { readSeedSpec } from "../seed/specs.ts";
import { createActionRow } from "../state/action-row.ts";
import type { ActionRow } from "../state/state.ts";
import type { Question } from "./script.ts";
import { writeChildInputs } from "./storage.ts";

/** A child that runs a seed task, of the version and in the place of its parent. */
export function createTaskRow(
  plane: Plane,
  parent: ActionRow,
  name: string,
  taskName: string,
  args: Record<string, Literal>,
  createdAt?: Timestamp,
): ActionRow {
  const run = parent.id.run as RunIdentifier;
  const inputsUri = writeChildInputs(plane, parent, name, args);
  const { project = "", domain = "", version = "" } = parent.taskId ?? {};
  return {
    ...createActionRow(plane, { run, name, parent: parent.id.name, inputsUri, createdAt }),
    phase: ActionPhase.QUEUED,
    taskId: create(TaskIdentifierSchema, { project, domain, name: taskName, version }),
    taskSpec: fromPod(readSeedSpec(taskName)),
  };
}

/** A pod sends a child's spec without what only a deployment adds. */
function fromPod(spec: TaskSpec): TaskSpec {
  const { taskTemplate, shortName } = clone(TaskSpecSchema, spec);
  for (const { value } of taskTemplate?.interface?.inputs?.variables ?? []) if (value) value.description = "";
  if (taskTemplate?.target.case === "container") taskTemplate.target.value.env = [];
  if (taskTemplate?.id) taskTemplate.id.org = "local";
  return create(TaskSpecSchema, { ...(taskTemplate && { taskTemplate }), shortName });
}

/** A child that waits for a person. */
export function createConditionRow(
  plane: Plane,
  parent: ActionRow,
  name: string,
  { type = SimpleType.BOOLEAN, ...question }: Question,
  createdAt?: Timestamp,
): ActionRow {
  const run = parent.id.run as RunIdentifier;
  return {
    ...createActionRow(plane, { run, name, parent: parent.id.name, inputsUri: "", createdAt }),
    actionType: ActionType.CONDITION,
    condition: create(ConditionActionSchema, {
      ...question,
      type: { type: { case: "simple", value: type } },
      promptType: ConditionPromptType.TEXT,
    }),
  };
}
