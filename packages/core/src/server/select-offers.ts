import type { Tool, ToolGroup } from "../contract.ts";
import type { Prompt } from "../prompt.ts";
import type { Resource } from "../resource.ts";

/** What a server offers beside its tools. */
export interface Offers {
  resources: readonly Resource[];
  prompts: readonly Prompt[];
}

/** The resources and prompts whose tools all are selected, in the order of the groups. */
export function selectOffers(groups: readonly ToolGroup[], tools: readonly Tool[]): Offers {
  const isLeft = ({ uses }: { uses: readonly Tool[] }) => uses.every((tool) => tools.includes(tool));
  return {
    resources: groups.flatMap(({ resources = [] }) => resources).filter(isLeft),
    prompts: groups.flatMap(({ prompts = [] }) => prompts).filter(isLeft),
  };
}

/** All of them, for telling what is switched off from what does not exist. */
export function allOffers(groups: readonly ToolGroup[]): Offers {
  return selectOffers(
    groups,
    groups.flatMap(({ tools }) => tools),
  );
}
