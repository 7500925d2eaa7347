import type { GroupListing } from "@flyte-mcp/core/command";

/** What is known of each group before its code is loaded. Here it is nothing; a bundle has it, made from the groups as it packs them. */
export const listings: Readonly<Record<string, GroupListing>> = {};
