import {
  assertProjectExists,
  createToolError,
  defineTool,
  limitInput,
  listRows,
  scopeInput,
  tokenInput,
} from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { z } from "zod";
import { statusClass } from "./app-status.ts";
import { appOutput, describeApp } from "./describe-app.ts";
import { refuseWithoutService } from "./read-app.ts";

const MOST_SCANNED = 1_000;
const STATUSES = ["active", "stopped", "failed", "in_progress"] as const;

export const listApps = defineTool({
  name: "list_apps",
  title: "List apps",
  description:
    "List the apps of a project and domain, newest first, with their status and where they answer.",
  effect: "read",
  input: z
    .object({
      status: z
        .array(z.enum(STATUSES))
        .min(1)
        .optional()
        .describe("in_progress: pending, deploying and the like."),
      limit: limitInput,
      token: tokenInput,
    })
    .extend(scopeInput.shape),
  output: z.object({
    apps: z.array(
      appOutput.pick({
        ...{ name: true, status: true, substate: true, message: true, desired_state: true },
        ...{ endpoint: true, url: true, created_at: true },
      }),
    ),
    next_token: z.string().optional(),
    note: z.string().optional(),
  }),

  async run({ status, limit, token, ...args }, { flyte, scope, consoleUrl }) {
    const place = scope(args);
    const first = readToken(token);
    const { rows, isWhole } = await scanApps(flyte, place);
    if (rows.length === 0 && isWhole) await assertProjectExists(flyte, place);
    const asked = rows.filter((app) => status === undefined || status.includes(statusClass(app)));
    const next = first + limit;
    return {
      apps: asked.slice(first, next).map((app) => describeRow(app, consoleUrl)),
      next_token: next < asked.length ? String(next) : undefined,
      note: isWhole
        ? undefined
        : `There are more than ${MOST_SCANNED} apps; only so many were looked through.`,
    };
  },
});

/** The open-source plane knows neither order nor filter, so all are read and sorted here. */
async function scanApps(flyte: ToolContext["flyte"], { org, project, domain }: Scope) {
  const filterBy = { case: "project", value: { organization: org, name: project, domain } } as const;
  const newest = { key: "created_at" };
  const { rows, nextToken } = await listRows(MOST_SCANNED, "", async (page) => {
    const request = { ...page, sortBy: newest, sortByFields: [newest] };
    const { apps, token } = await flyte(AppService).list({ request, filterBy }).catch(refuseWithoutService);
    return { rows: apps, token };
  });
  return { rows: rows.sort((a, b) => createdAt(b) - createdAt(a)), isWhole: nextToken === undefined };
}

/** The open-source plane does not tell it of a stopped app: such ones come last. */
function createdAt({ status }: App): number {
  return Number(status?.createdAt?.seconds ?? 0n);
}

function readToken(token = "0"): number {
  if (/^\d{1,6}$/.test(token)) return Number(token);
  const message = "The token is not one that list_apps gave.";
  throw createToolError({ code: "invalid_argument", message, hint: "Leave it out to begin at the newest." });
}

/** Of an app that runs well the status says enough. */
function describeRow(app: App, consoleUrl: ToolContext["consoleUrl"]) {
  const { message, ...row } = describeApp(app, consoleUrl);
  return statusClass(app) === "failed" ? { ...row, message: message?.slice(0, 200) } : row;
}
