export { isLimited } from "../policy.ts";
export { selectOffers } from "../server/select-offers.ts";
export type { Offers } from "../server/select-offers.ts";
export { groupSettings, loadGroups } from "./load-groups.ts";
export { runPolicyCommand } from "./policy-command.ts";
export type { PolicyCommand } from "./policy-command.ts";
export { trackRequests } from "../server/track-requests.ts";
