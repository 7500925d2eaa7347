import { defineToolGroup } from "@flyte-mcp/core";
import { abortAction } from "./abort-action.ts";
import { getAction } from "./get-action.ts";
import { listActions } from "./list-actions.ts";

/** Tools for actions of a run. */
export const action = defineToolGroup({
  name: "action",
  description: "Actions: the steps of a run as a tree, one of them in full, stopping one.",
  tools: [listActions, getAction, abortAction],
});
