import { defineResource } from "@flyte-mcp/core";
import type { Action } from "@flyte-mcp/idl/workflow/run_definition";
import {
  arrangeTree,
  completeDomain,
  completeProject,
  completeRun,
  describeAction,
  describeStatus,
  nameOf,
  readActions,
} from "@flyte-mcp/observe";
import { getRun } from "./get-run.ts";

/** More would not be read; list_actions pages through all. */
const MOST_ACTIONS = 100;

export const runResource = defineResource({
  uri: "flyte://runs/{project}/{domain}/{run}",
  name: "run",
  title: "Flyte run",
  description: "A run: its phase, times, task and error, and the tree of its actions with their phases.",
  mimeType: "application/json",
  uses: [getRun],
  complete: { project: completeProject, domain: completeDomain, run: completeRun },

  async read({ project = "", domain = "", run = "" }, { answer, flyte, scope }) {
    const place = scope({ project, domain });
    const [state, { actions }] = await Promise.all([
      answer(getRun, { name: run, project, domain }),
      readActions(flyte, { ...place, name: run }),
    ]);
    const { inOrder } = arrangeTree(actions);
    const left = inOrder.length - MOST_ACTIONS;
    return {
      ...state,
      project,
      domain,
      tree: inOrder.slice(0, MOST_ACTIONS).map(describeRow),
      note: left > 0 ? `${left} more actions are not shown; list_actions pages through all.` : undefined,
    };
  },
});

/** Parents come before their children, which name them. */
function describeRow(action: Action) {
  const { parent, task, label } = describeAction(action.metadata);
  const { phase, duration_ms } = describeStatus(action.status);
  return { action: nameOf(action), parent, task, label, phase, duration_ms };
}
