import { createToolError, defineTool, didYouMean, scopeInput } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Action, ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { arrangeTree, countPhases, nameOf, phaseOf, readActions } from "@flyte-mcp/observe";
import type { ActionTree } from "@flyte-mcp/observe";
import { z } from "zod";
import { runNameInput } from "./action-input.ts";
import { actionRow, describeRow } from "./describe-row.ts";
import { readDetails } from "./read-details.ts";

const FAILED: readonly ActionPhase[] = [ActionPhase.FAILED, ActionPhase.TIMED_OUT];
const MOST_ROWS = 200;
/** Messages of the first few failures say what the others say. */
const MOST_ERRORS = 8;
const LONGEST_ERROR = 300;

export const listActions = defineTool({
  name: "list_actions",
  title: "List actions",
  description:
    "List the actions of a run as a tree, parents before their children, with counts per phase. Call it to see what a run is doing or what failed in it.",
  effect: "read",
  input: z
    .object({
      run_name: runNameInput,
      under: z.string().min(1).optional().describe("Only this action and those below it."),
      failed_only: z.boolean().default(false).describe("true: only those that failed or timed out."),
      limit: z.int().min(1).max(MOST_ROWS).default(20).describe(`Most rows, 1 to ${MOST_ROWS}.`),
      token: z
        .string()
        .regex(/^\d{1,6}$/, "is no next_token of this tool")
        .optional()
        .describe("From next_token."),
    })
    .extend(scopeInput.shape),
  output: z.object({
    run: z.string(),
    total: z.number().describe("Actions of the run, or below `under`."),
    more_than_total: z.boolean().optional().describe("true: there are more actions than were looked at."),
    phases: z.record(z.string(), z.number()),
    actions: z.array(actionRow),
    next_token: z.string().optional(),
    url: z.string().optional(),
  }),

  async run({ run_name, under, failed_only, limit, token = "0", ...args }, context) {
    const scope = context.scope(args);
    const { actions, isWhole } = await readActions(context.flyte, { ...scope, name: run_name });
    const tree = arrangeTree(actions);
    const inView = under === undefined ? tree.inOrder : assertKnown(tree, run_name, under);
    const matching = failed_only ? inView.filter((action) => FAILED.includes(phaseOf(action))) : inView;
    const from = Number(token);
    const rows = await describeRows(matching.slice(from, from + limit), tree, scope, run_name, context);
    return {
      run: run_name,
      total: inView.length,
      more_than_total: isWhole ? undefined : true,
      phases: countPhases(inView),
      actions: rows,
      next_token: from + limit < matching.length ? String(from + limit) : undefined,
      url: context.consoleUrl({ kind: "runs", ...scope, path: [run_name] }),
    };
  },
});

function assertKnown(tree: ActionTree, run: string, name: string): readonly Action[] {
  const found = tree.under(name);
  if (found.length > 0) return found;
  const near = didYouMean(name, tree.inOrder.map(nameOf));
  throw createToolError({
    code: "not_found",
    message: `Run "${run}" has no action "${name}".${near}`,
    hint: "Leave under out to see all of them.",
  });
}

async function describeRows(
  page: readonly Action[],
  tree: ActionTree,
  scope: Scope,
  run: string,
  { flyte, consoleUrl }: ToolContext,
) {
  const failed = page.filter((action) => FAILED.includes(phaseOf(action))).slice(0, MOST_ERRORS);
  // Where a plane has no watch nothing else tells what an action is.
  const unknown = page.filter(({ metadata }) => metadata?.spec.case === undefined);
  const known = await readDetails(flyte, { ...scope, name: run }, [...failed, ...unknown].map(nameOf));
  return page.map((action) => {
    const name = nameOf(action);
    const details = known.get(name);
    const isFilled = details?.metadata !== undefined && unknown.includes(action);
    const row = isFilled ? { ...action, metadata: details.metadata } : action;
    const url = consoleUrl({ kind: "runs", ...scope, path: [run], action: name });
    return { ...describeRow(row, countPhases(tree.childrenOf(name))), error: errorOf(details), url };
  });
}

function errorOf(details: ActionDetails | undefined): string | undefined {
  const message = details?.result.case === "errorInfo" ? details.result.value.message : "";
  if (message.length > LONGEST_ERROR) return `${message.slice(0, LONGEST_ERROR)}…`;
  return message || undefined;
}
