import type { ActionMetadata } from "@flyte-mcp/idl/workflow/run_definition";

/** What an action is: a task, a traced function or a gate, and of which name. */
export function describeAction(metadata: ActionMetadata | undefined) {
  const spec = metadata?.spec;
  const { parent, group } = { parent: metadata?.parent || undefined, group: metadata?.group || undefined };
  if (spec?.case === "task") {
    const { name, version } = spec.value.id ?? {};
    return { type: "task", task: name || metadata?.funtionName || undefined, version, parent, group };
  }
  if (spec?.case === "trace" || spec?.case === "condition")
    return { type: spec.case, label: spec.value.name || undefined, parent, group };
  return { task: metadata?.funtionName || undefined, parent, group };
}
