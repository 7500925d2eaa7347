import { defineToolGroup } from "@flyte-mcp/core";
import { prompts } from "./prompts.ts";
import { resources } from "./resources.ts";
import { tools } from "./tools.ts";

/** What the scenarios of the public conformance suite ask a server for, registered as any third party's group is. */
export const conformance = defineToolGroup({
  name: "conformance",
  description: "Fixtures of the conformance suite.",
  tools,
  resources,
  prompts,
});
