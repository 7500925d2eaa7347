export { groupSettings, loadGroups } from "./load-groups.ts";
export { runPolicyCommand } from "./policy-command.ts";
export type { PolicyCommand } from "./policy-command.ts";
export { createListedGroup, listGroup } from "../server/listed-group.ts";
export type { GroupListing } from "../server/listed-group.ts";
export { warmUp } from "../client/warm-up.ts";
export { trackRequests } from "../server/track-requests.ts";
