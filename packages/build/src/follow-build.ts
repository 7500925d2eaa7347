import { isSuccess, isTerminal, phaseName } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { fromNamedLiterals } from "@flyte-mcp/literals";
import { describeError, followAction, readLogTail, rootAction } from "@flyte-mcp/observe";
import type { BuildAnswer } from "./build-output.ts";

/** Clients give up at 60 s. */
const LONGEST_WAIT_MS = 45_000;
const LOG_LINES = 30;
const LOG_MS = 3_000;
const LONGEST_LINE = 240;

type Context = Pick<ToolContext, "flyte" | "signal" | "progress">;
type Outcome = Pick<BuildAnswer, "phase" | "image_uri" | "error" | "log" | "timed_out" | "message">;

/** Waits for the run of a build as long as one call may, and tells what came of it. */
export async function followBuild(
  context: Context,
  scope: Scope,
  run: string,
  waitMs = LONGEST_WAIT_MS,
): Promise<Outcome> {
  const { flyte, signal, progress } = context;
  const actionId = rootAction(scope, run);
  const action = await followAction(flyte, actionId, { waitMs, signal, progress });
  const status = action?.status?.phase ?? 0;
  const phase = phaseName(status);
  if (isSuccess(status)) return { phase, image_uri: await readImage(flyte, actionId) };
  if (!isTerminal(status)) {
    const message = `The build is still ${phase}. Call this again, or wait_for_run with ${run}.`;
    return { phase, timed_out: true, message };
  }
  const message = "The image was not built. log has its last lines; get_logs reads more of them.";
  return { phase, ...errorOf(action), log: await readLog(context, actionId), message };
}

type ActionId = ReturnType<typeof rootAction>;

async function readImage(flyte: ToolContext["flyte"], actionId: ActionId): Promise<string | undefined> {
  const { outputs } = await flyte(DataProxyService).getActionData({ actionId });
  const [name] = Object.values(fromNamedLiterals(outputs?.literals ?? []).values);
  return typeof name === "string" ? name : undefined;
}

function errorOf(action: ActionDetails | undefined): Pick<BuildAnswer, "error"> {
  return action?.result.case === "errorInfo" ? { error: describeError(action.result.value) } : {};
}

/** The state of the run is worth more than its log. */
async function readLog({ flyte, signal }: Context, actionId: ActionId): Promise<string[]> {
  const query = { actionId, attempt: 1, most: LOG_LINES, totalMs: LOG_MS, idleMs: 800, signal };
  const tail = await readLogTail(flyte, query).catch(() => undefined);
  return tail?.lines.map(({ text }) => text.slice(0, LONGEST_LINE)) ?? [];
}
