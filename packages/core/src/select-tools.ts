import type { Tool, ToolGroup } from "./contract.ts";
import { judgeTool } from "./judge-tool.ts";
import { didYouMean } from "./nearest.ts";
import { policiesOf } from "./policy.ts";
import type { Policy } from "./policy.ts";
import { createSettingsError } from "./settings/settings-error.ts";

/** The tools that exist under a policy, in the order of the groups. Throws on unknown or contradictory names. */
export function selectTools(groups: readonly ToolGroup[], policy: Policy): Tool[] {
  for (const one of policiesOf(policy)) assertNames(groups, one);
  assertDistinct(groups);
  const selected = groups.flatMap((group) =>
    group.tools.filter((tool) => judgeTool(group, tool, policy).every(({ isAllowed }) => isAllowed)),
  );
  if (selected.length === 0) assertNothingAsked(groups, policy);
  return selected;
}

function assertNames(groups: readonly ToolGroup[], policy: Policy): void {
  if (policy.groups && policy.tools) {
    throw createSettingsError(
      "--tools and --tool-groups exclude each other: give the groups, or the single tools",
    );
  }
  const groupNames = groups.map((group) => group.name);
  const toolNames = groups.flatMap((group) => group.tools.map((tool) => tool.name));
  assertKnown("tool group", policy.groups, ["all", "core", ...groupNames]);
  assertKnown("tool group", policy.readOnlyGroups, ["all", ...groupNames]);
  assertKnown("tool", policy.tools, toolNames);
  assertKnown("tool", policy.excludeTools, toolNames);
}

function assertKnown(what: string, names: readonly string[] = [], known: readonly string[]): void {
  const name = names.find((candidate) => !known.includes(candidate));
  if (name === undefined) return;
  throw createSettingsError(
    `Unknown ${what} "${name}".${didYouMean(name, known)} Known: ${known.join(", ")}.`,
  );
}

/** A group of another's name would come in under it where an operator opens that name. */
function assertDistinct(groups: readonly ToolGroup[]): void {
  const group = findTwice(groups.map(({ name }) => name));
  if (group !== undefined) throw createSettingsError(`Two tool groups are named "${group}"`);
  const tool = findTwice(groups.flatMap(({ tools }) => tools.map(({ name }) => name)));
  if (tool !== undefined) throw createSettingsError(`Two tools are named "${tool}"`);
  const prompt = findTwice(groups.flatMap(({ prompts = [] }) => prompts.map(({ name }) => name)));
  if (prompt !== undefined) throw createSettingsError(`Two prompts are named "${prompt}"`);
  const uri = findTwice(groups.flatMap(({ resources = [] }) => resources.map((resource) => resource.uri)));
  if (uri !== undefined) throw createSettingsError(`Two resources have the address "${uri}"`);
}

function findTwice(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}

/** Whoever names tools wants at least one of them. */
function assertNothingAsked(groups: readonly ToolGroup[], policy: Policy): void {
  const asked = policiesOf(policy).find(({ tools = [] }) => tools.length > 0)?.tools;
  const group = groups.find(({ tools }) => tools.some(({ name }) => name === asked?.[0]));
  const tool = group?.tools.find(({ name }) => name === asked?.[0]);
  if (!asked || !group || !tool) return;
  const refusing = judgeTool(group, tool, policy).find(({ isAllowed }) => !isAllowed);
  throw createSettingsError(
    `Nothing is left of --tools ${asked.join(",")}: by ${refusing?.rule}, ${refusing?.reason}.`,
  );
}
