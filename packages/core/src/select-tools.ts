import type { Tool, ToolGroup } from "./contract.ts";
import { didYouMean } from "./nearest.ts";
import type { Policy } from "./policy.ts";
import { createSettingsError } from "./settings/settings-error.ts";

/** The tools that exist under a policy, in the order of the groups. Throws on unknown or contradictory names. */
export function selectTools(groups: readonly ToolGroup[], policy: Policy): Tool[] {
  if (policy.groups && policy.tools) {
    throw createSettingsError(
      "--tools and --tool-groups exclude each other: give the groups, or the single tools",
    );
  }
  assertDistinct(groups);
  const named = policy.tools
    ? pickTools(groups, policy.tools)
    : pickGroups(groups, policy.groups ?? ["all"], policy.tasks !== undefined);
  const allowed = policy.readOnly ? named.filter((tool) => tool.effect === "read") : named;
  if (allowed.length === 0 && named.length > 0 && policy.tools) {
    throw createSettingsError(
      `--read-only leaves none of --tools ${policy.tools.join(",")}: they change things`,
    );
  }
  return allowed;
}

function pickGroups(groups: readonly ToolGroup[], names: readonly string[], hasTaskList: boolean): Tool[] {
  const known = ["all", "core", ...groups.map((group) => group.name)];
  assertKnown("tool group", names, known);
  const isNamed = ({ name }: ToolGroup) => names.includes(name);
  const chosen = names.includes("all") ? groups : groups.filter(isNamed);
  return chosen.flatMap((group) =>
    group.tools.filter((tool) => !hasTaskList || !tool.runsOwnCode || isNamed(group)),
  );
}

function pickTools(groups: readonly ToolGroup[], names: readonly string[]): Tool[] {
  const tools = groups.flatMap((group) => group.tools);
  assertKnown(
    "tool",
    names,
    tools.map((tool) => tool.name),
  );
  return tools.filter((tool) => names.includes(tool.name));
}

function assertKnown(what: string, names: readonly string[], known: readonly string[]): void {
  const name = names.find((candidate) => !known.includes(candidate));
  if (name === undefined) return;
  throw createSettingsError(
    `Unknown ${what} "${name}".${didYouMean(name, known)} Known: ${known.join(", ")}.`,
  );
}

function assertDistinct(groups: readonly ToolGroup[]): void {
  const names = groups.flatMap((group) => group.tools.map((tool) => tool.name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw createSettingsError(`Two tools are named "${twice}"`);
}
