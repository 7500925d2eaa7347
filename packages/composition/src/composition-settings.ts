import { groupSettings } from "@flyte-mcp/core/command";
import { scriptSettings } from "@flyte-mcp/script";
import { searchSettings } from "@flyte-mcp/search";
import { secretSettings } from "@flyte-mcp/secret";

/** What the groups want to know of the person who runs a server. */
export const compositionSettings = {
  ...groupSettings,
  ...secretSettings,
  ...scriptSettings,
  ...searchSettings,
};
