/** What an operator lets a server do. A field left out restricts nothing. */
export interface Policy {
  /** Only these groups, or ... */
  groups?: readonly string[];
  /** ... only these tools. */
  tools?: readonly string[];
  readOnly?: boolean;
  /** `name`, `project/name` or `domain/project/name`. */
  tasks?: readonly string[];
  apps?: readonly string[];
  /** `name` or `task/name`. */
  triggers?: readonly string[];
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
  return policy.tasks === undefined || policy.tasks.some((entry) => usable.includes(entry));
}

export function isAppAllowed(policy: Policy, name: string): boolean {
  return policy.apps === undefined || policy.apps.includes(name);
}

export function isTriggerAllowed(policy: Policy, trigger: { taskName: string; name: string }): boolean {
  const forms = [trigger.name, `${trigger.taskName}/${trigger.name}`];
  // As with tasks: a bare entry never matches a name that has a slash itself.
  const usable = trigger.name.includes("/") ? forms.slice(1) : forms;
  return policy.triggers === undefined || policy.triggers.some((entry) => usable.includes(entry));
}
