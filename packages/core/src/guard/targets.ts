import type { DescMessage, Message } from "@bufbuild/protobuf";
import { isMessage } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import { TriggerNameSchema, RunIdentifierSchema } from "@flyte-mcp/idl/common/identifier";
import type { RunIdentifier } from "@flyte-mcp/idl/common/identifier";
import { IdentifierSchema as AppIdentifierSchema } from "@flyte-mcp/idl/app/app_definition";
import { GetRequestSchema as GetAppRequestSchema } from "@flyte-mcp/idl/app/app_payload";
import { IdentifierSchema as CoreIdentifierSchema } from "@flyte-mcp/idl/core/identifier";
import { TaskIdentifierSchema, TaskNameSchema, TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { DeployTaskRequestSchema } from "@flyte-mcp/idl/task/task_service";
import type { TaskRef } from "../policy.ts";

/** A resource that a message names and a policy may forbid. */
export type Target =
  | { kind: "task"; task: TaskRef }
  | { kind: "run"; run: RunIdentifier }
  /** Without a place where it is named by its address. */
  | { kind: "app"; name: string; place?: { project: string; domain: string } }
  | { kind: "trigger"; taskName: string; name: string };

/** Every target that a message names, at any depth; the rule is chosen by proto message type, never by field name. */
export function readTargets(schema: DescMessage, message: Message): Target[] {
  const found: Target[] = [];
  walk(reflect(schema, message), found);
  return found;
}

function walk(node: ReflectMessage, found: Target[]): void {
  found.push(...targetsOf(node.message));
  for (const field of node.fields) {
    if (!node.isSet(field)) continue;
    if (field.fieldKind === "message" && !field.message.typeName.startsWith("google."))
      walk(node.get(field), found);
    if (field.fieldKind === "list" && field.listKind === "message") {
      for (const item of node.get(field)) walk(item as ReflectMessage, found);
    }
    if (field.fieldKind === "map" && field.mapKind === "message") {
      for (const item of node.get(field).values()) walk(item as ReflectMessage, found);
    }
  }
}

function targetsOf(message: Message): Target[] {
  if (isMessage(message, TaskNameSchema) || isMessage(message, TaskIdentifierSchema))
    return [taskTarget(message)];
  if (isMessage(message, CoreIdentifierSchema)) return [taskTarget(message)];
  if (isMessage(message, RunIdentifierSchema)) return [{ kind: "run", run: message }];
  if (isMessage(message, AppIdentifierSchema)) {
    const { name, project, domain } = message;
    return [{ kind: "app", name, place: { project, domain } }];
  }
  if (isMessage(message, TriggerNameSchema)) {
    const { name, taskName, project, domain } = message;
    return [{ kind: "trigger", taskName, name }, taskTarget({ project, domain, name: taskName })];
  }
  return unnamedTargetsOf(message);
}

/** Targets of messages that name them by something else than an identifier of their own. */
function unnamedTargetsOf(message: Message): Target[] {
  // Code without a name is on no list.
  if (isMessage(message, TaskSpecSchema) && !message.taskTemplate?.id)
    return [taskTarget({ project: "", domain: "", name: "" })];
  if (isMessage(message, DeployTaskRequestSchema)) {
    const taskName = message.taskId?.name ?? "";
    return message.triggers.map(({ name }) => ({ kind: "trigger", taskName, name }));
  }
  if (isMessage(message, GetAppRequestSchema) && message.identifier.case === "ingress")
    return [{ kind: "app", name: message.identifier.value.publicUrl }];
  return [];
}

function taskTarget({ project, domain, name }: TaskRef): Target {
  return { kind: "task", task: { project, domain, name } };
}
