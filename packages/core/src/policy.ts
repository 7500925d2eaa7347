/** What an operator lets a server do. A field left out restricts nothing. */
export interface Policy {
  /** Only these groups, or ... */
  groups?: readonly string[];
  /** ... only these tools. */
  tools?: readonly string[];
  excludeTools?: readonly string[];
  readOnly?: boolean;
  /** Of these groups only the tools that read. */
  readOnlyGroups?: readonly string[];
  /** `name`, `project/name` or `domain/project/name`. */
  tasks?: readonly string[];
  apps?: readonly string[];
  /** `name` or `task/name`. */
  triggers?: readonly string[];
  /** Holds beside this one: what either forbids is forbidden. */
  and?: Policy;
  /** Who says so, as an explanation names it. */
  from?: string;
}

/** The policies that hold together, outermost first. */
export function policiesOf(policy: Policy): Policy[] {
  return [policy, ...(policy.and ? policiesOf(policy.and) : [])];
}

/** Whether any of the policies that hold has an allowlist of this kind. */
export function isLimited(policy: Policy, kind: "tasks" | "apps" | "triggers"): boolean {
  return policiesOf(policy).some((one) => one[kind] !== undefined);
}

export interface TaskRef {
  domain: string;
  project: string;
  name: string;
}

/** Whether a task is on the allowlist; no list allows every task, an empty one none. */
export function isTaskAllowed(policy: Policy, task: TaskRef): boolean {
  const forms = [task.name, `${task.project}/${task.name}`, `${task.domain}/${task.project}/${task.name}`];
  // A bare entry never matches a task whose own name has a slash: `a/b` would then mean two things.
  const usable = task.name.includes("/") ? forms.slice(2) : forms;
  return isOnEvery(policy, "tasks", usable);
}

export function isAppAllowed(policy: Policy, name: string): boolean {
  return isOnEvery(policy, "apps", [name]);
}

export function isTriggerAllowed(policy: Policy, trigger: { taskName: string; name: string }): boolean {
  const forms = [trigger.name, `${trigger.taskName}/${trigger.name}`];
  // As with tasks: a bare entry never matches a name that has a slash itself.
  const usable = trigger.name.includes("/") ? forms.slice(1) : forms;
  return isOnEvery(policy, "triggers", usable);
}

function isOnEvery(policy: Policy, kind: "tasks" | "apps" | "triggers", forms: readonly string[]): boolean {
  return policiesOf(policy).every((one) => one[kind]?.some((entry) => forms.includes(entry)) ?? true);
}
