import { ConnectError, createClient } from "@connectrpc/connect";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { fitAnswer } from "../answer.ts";
import type { Json } from "../answer.ts";
import { callTrace } from "../client/call-trace.ts";
import type { Flyte } from "../client/flyte.ts";
import { downloadArtifact } from "../client/download-artifact.ts";
import { uploadFile } from "../client/upload-file.ts";
import { withRpcWatch } from "../client/with-rpc-watch.ts";
import type { Effect, PlaneFacts, ProgressUpdate, Tool, ToolContext } from "../contract.ts";
import { explain } from "../errors/explain.ts";
import { networkCause } from "../errors/network-cause.ts";
import { explainNotFound } from "../errors/not-found.ts";
import { hideInJson, redact } from "../errors/redact.ts";
import type { Explanation } from "../errors/tool-error.ts";
import { guard } from "../guard/guard.ts";
import type { FindRootTask } from "../guard/root-task.ts";
import type { Policy } from "../policy.ts";
import type { CallWatch } from "../watch.ts";
import { createAttachments } from "./attachments.ts";
import { readArguments } from "./read-arguments.ts";
import { resolveScope } from "./resolve-scope.ts";

const ERROR_LIMIT = 1_900;
// Made once: an abort without a reason makes an error with a stack, for each call.
const ENDED = new Error("the call has ended");

export interface CallOptions {
  flyte: Flyte;
  policy: Policy;
  findRootTask: FindRootTask;
  signal: AbortSignal;
  progress: (update: ProgressUpdate) => void;
  /** Told of the RPCs of this call, and of its end. */
  watch?: CallWatch | undefined;
}

/** Runs one tool call; what goes wrong is told in the result, so that a model can mend it. */
export function callTool(
  tool: Tool,
  given: Record<string, unknown>,
  callOptions: CallOptions,
): Promise<CallToolResult> {
  return runCall<CallToolResult>(
    callOptions,
    async (options) => {
      const { attach, attached } = createAttachments(options.flyte.secrets);
      const context = { ...createContext(tool.effect, options), attach };
      const structuredContent = await answerOf(tool, given, context, options.flyte.secrets);
      const text = { type: "text" as const, text: JSON.stringify(structuredContent) };
      return { structuredContent, content: [text, ...attached] };
    },
    ({ text }) => ({ isError: true, content: [{ type: "text", text }] }),
  );
}

/** What went wrong, for the caller: redacted, below 2 kB. */
export interface Failure {
  /** As in an explanation. */
  code: string;
  text: string;
}

/** Does the work of one call: the only place that catches, so that no tool, resource or prompt has to. */
export async function runCall<T>(
  callOptions: CallOptions,
  work: (options: CallOptions) => Promise<T>,
  fail: (failure: Failure) => T,
): Promise<T> {
  const ended = new AbortController();
  const options = { ...callOptions, signal: AbortSignal.any([callOptions.signal, ended.signal]) };
  try {
    const done = await work(options);
    callOptions.watch?.end({ code: "ok" });
    return done;
  } catch (error) {
    const explanation = await explainFully(error, options);
    const text = describe(explanation, requestIdOf(error, explanation), options.flyte.secrets);
    callOptions.watch?.end({ code: explanation.code, text });
    return fail({ code: explanation.code, text });
  } finally {
    // A client that a tool kept would act for this caller in another's call.
    ended.abort(ENDED);
  }
}

/** A tool's answer as it may be shown: parsed, secrets hidden, cut to size. */
export async function answerOf(
  tool: Tool,
  given: Record<string, unknown>,
  context: ToolContext,
  secrets: readonly string[],
): Promise<{ [key: string]: Json }> {
  const input = readArguments(tool, given);
  const answer: unknown = await tool.run(input, context);
  // Through JSON, so that a key whose value is undefined is absent in both forms of the answer.
  const shown = JSON.parse(JSON.stringify(tool.output.parse(answer))) as Json;
  return fitAnswer(hideInJson(shown, secrets) as { [key: string]: Json });
}

/** What one call has at hand, its RPCs held to the effect and the policy. */
export function createContext(effect: Effect, options: CallOptions): Omit<ToolContext, "attach"> {
  const { policy, signal, findRootTask, progress, watch } = options;
  const { transport: open } = options.flyte;
  const transport = guard(watch ? withRpcWatch(open, watch) : open, { effect, policy, signal, findRootTask });
  const flyte: ToolContext["flyte"] = (service) => createClient(service, transport);
  return {
    flyte,
    upload: (scope, file) => uploadFile(flyte, scope, file, options.flyte.putBytes, signal),
    download: (artifact, mostBytes) =>
      downloadArtifact(flyte, artifact, mostBytes, options.flyte.getBytes, signal),
    scope: (args) => resolveScope(args, options.flyte),
    plane: describePlane(options.flyte),
    consoleUrl: options.flyte.consoleUrl,
    signal,
    progress: (update) => progress({ ...update, message: redact(update.message, options.flyte.secrets) }),
  };
}

function describePlane({ endpoint, auth, defaults }: Flyte): PlaneFacts {
  const { org = "", project, domain } = defaults;
  return { endpoint, org, project, domain, auth };
}

async function explainFully(error: unknown, options: CallOptions): Promise<Explanation> {
  const { endpoint, defaults, secrets } = options.flyte;
  const { flyte } = createContext("read", options);
  const notFound = await explainNotFound(error, flyte, defaults.org ?? "").catch(() => undefined);
  return notFound ?? explain(error, callTrace(error)?.endpoint ?? endpoint, secrets);
}

function describe(
  { code, message, hint, retryable }: Explanation,
  requestId: string | undefined,
  secrets: readonly string[],
): string {
  const again = retryable ? " It may work when tried again." : "";
  // Before the cut: half a secret would no longer be known as one.
  const text = redact(`${message}${hint === undefined ? "" : ` ${hint}`}`, secrets);
  const shown = text.length > ERROR_LIMIT ? `${text.slice(0, ERROR_LIMIT)}…` : text;
  return `${shown}${again} [${code}${requestId === undefined ? "" : `, request ${requestId}`}]`;
}

// What a caller can mend alone; nobody has to look into the plane's logs for it.
const OWN_FAULTS = ["canceled", "invalid_argument", "not_found", "already_exists", "failed_precondition"];
const OWN_LIMITS = ["out_of_range", "unimplemented"];

/** The id to look for in the plane's logs, where the request got there. */
function requestIdOf(error: unknown, { code }: Explanation): string | undefined {
  const cause = error instanceof ConnectError ? networkCause(error)?.code : undefined;
  const isLogged = cause === undefined || cause === "ECONNRESET";
  return isLogged && ![...OWN_FAULTS, ...OWN_LIMITS].includes(code) ? callTrace(error)?.requestId : undefined;
}
