import type { Tool, ToolGroup } from "./contract.ts";
import { policiesOf } from "./policy.ts";
import type { Policy } from "./policy.ts";

/** What one rule of a policy says to one thing. */
export interface Ruling {
  /** The rule as a policy file spells it. */
  rule: string;
  from: string | undefined;
  isAllowed: boolean;
  reason: string;
}

/** What each rule that is in force says to a tool, which exists where none refuses it. */
export function judgeTool(group: ToolGroup, tool: Tool, policy: Policy): Ruling[] {
  return policiesOf(policy).flatMap((one) =>
    RULES.flatMap((judge) => {
      const ruling = judge(one, group, tool);
      return ruling ? [{ ...ruling, from: one.from }] : [];
    }),
  );
}

type Rule = (policy: Policy, group: ToolGroup, tool: Tool) => Omit<Ruling, "from"> | undefined;

const RULES: readonly Rule[] = [
  ({ groups }, { name }) => {
    if (!groups) return undefined;
    const isAllowed = groups.includes("all") || groups.includes(name);
    return { rule: "tool_groups", isAllowed, reason: `group ${name} is ${on(isAllowed, groups)}` };
  },
  ({ tools }, _group, { name }) => {
    if (!tools) return undefined;
    const isAllowed = tools.includes(name);
    return { rule: "tools", isAllowed, reason: `${name} is ${on(isAllowed, tools)}` };
  },
  ({ excludeTools }, _group, { name }) => {
    if (!excludeTools) return undefined;
    const isAllowed = !excludeTools.includes(name);
    return { rule: "exclude_tools", isAllowed, reason: `${name} is ${isAllowed ? "not " : ""}excluded` };
  },
  ({ readOnly }, _group, tool) => (readOnly ? { rule: "read_only", ...judgeEffect(tool) } : undefined),
  ({ readOnlyGroups }, { name }, tool) => {
    if (!readOnlyGroups?.some((entry) => ["all", name].includes(entry))) return undefined;
    return { rule: "read_only_groups", ...judgeEffect(tool) };
  },
  judgeInlineCode,
];

function judgeEffect({ name, effect }: Tool): { isAllowed: boolean; reason: string } {
  const isAllowed = effect === "read";
  return { isAllowed, reason: `${name} ${isAllowed ? "only reads" : `is ${effect}`}` };
}

/** No list of names can hold what runs code of its caller's, so whoever sets one must ask for it by name. */
function judgeInlineCode({ tasks, groups, tools }: Policy, group: ToolGroup, { name, inlineCode }: Tool) {
  if (!inlineCode || !tasks) return undefined;
  const isAllowed = groups?.includes(group.name) || tools?.includes(name) || false;
  const named = isAllowed ? "it is named" : `neither it nor its group ${group.name} is named`;
  return { rule: "task_allowlist", isAllowed, reason: `${name} runs inline code, and ${named}` };
}

function on(isOn: boolean, list: readonly string[]): string {
  return `${isOn ? "" : "not "}on the list ${list.join(", ")}`;
}
