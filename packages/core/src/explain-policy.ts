import type { Tool, ToolGroup } from "./contract.ts";
import { judgeTool } from "./judge-tool.ts";
import type { Ruling } from "./judge-tool.ts";
import { didYouMean } from "./nearest.ts";
import { isAppAllowed, isTaskAllowed, isTriggerAllowed, policiesOf } from "./policy.ts";
import type { Policy, TaskRef } from "./policy.ts";
import { createSettingsError } from "./settings/settings-error.ts";

/** What somebody wants to know of a policy: whether a tool exists, and what it may touch. */
export interface PolicyQuestion {
  tool: string;
  /** Also of a run: it follows the task that it began with. */
  task?: TaskRef | undefined;
  app?: string | undefined;
  trigger?: { taskName: string; name: string; project: string; domain: string } | undefined;
}

export interface PolicyAnswer {
  isAllowed: boolean;
  /** Every rule in force on what was asked; the first that refuses decides. */
  rulings: Ruling[];
}

/** What the policy says to a question, by the rules that select tools and guard their RPCs. Throws a settings error on an unknown tool. */
export function explainPolicy(
  groups: readonly ToolGroup[],
  policy: Policy,
  question: PolicyQuestion,
): PolicyAnswer {
  const { group, tool } = findTool(groups, question.tool);
  const rulings = [...judgeTool(group, tool, policy), ...judgeTargets(policy, question)];
  return { isAllowed: rulings.every(({ isAllowed }) => isAllowed), rulings };
}

function judgeTargets(policy: Policy, { task, app, trigger }: PolicyQuestion): Ruling[] {
  const tasks = [...(task ? [task] : []), ...(trigger ? [{ ...trigger, name: trigger.taskName }] : [])];
  return policiesOf(policy).flatMap((one) => [
    ...tasks.flatMap((ref) => {
      const name = `task ${ref.domain}/${ref.project}/${ref.name}`;
      return judgeEntry(one, "task_allowlist", one.tasks, name, isTaskAllowed({ tasks: one.tasks }, ref));
    }),
    ...(app === undefined
      ? []
      : judgeEntry(one, "app_allowlist", one.apps, `app ${app}`, isAppAllowed({ apps: one.apps }, app))),
    ...(trigger === undefined
      ? []
      : judgeEntry(
          one,
          "trigger_allowlist",
          one.triggers,
          `trigger ${trigger.taskName}/${trigger.name}`,
          isTriggerAllowed({ triggers: one.triggers }, trigger),
        )),
  ]);
}

function judgeEntry(
  { from }: Policy,
  rule: string,
  list: readonly string[] | undefined,
  name: string,
  isAllowed: boolean,
): Ruling[] {
  if (!list) return [];
  return [
    { rule, from, isAllowed, reason: `${name} is ${isAllowed ? "" : "not "}on the list ${list.join(", ")}` },
  ];
}

function findTool(groups: readonly ToolGroup[], name: string): { group: ToolGroup; tool: Tool } {
  const all = groups.flatMap((group) => group.tools.map((tool) => ({ group, tool })));
  const found = all.find(({ tool }) => tool.name === name);
  if (found) return found;
  const near = didYouMean(
    name,
    all.map(({ tool }) => tool.name),
  );
  throw createSettingsError(`There is no tool "${name}".${near}`);
}
