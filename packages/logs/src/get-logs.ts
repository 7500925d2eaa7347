import { defineTool, scopeInput } from "@flyte-mcp/core";
import { errorOutput } from "@flyte-mcp/observe";
import { z } from "zod";
import { assertPodExists, listPods } from "./check-pod.ts";
import { describeLog } from "./describe-log.ts";
import { followLog } from "./follow-log.ts";
import { readAttempt } from "./read-attempt.ts";
import { readSince } from "./read-since.ts";

const DEFAULT_LINES = 100;
const MOST_LINES = 2_000;
const LONGEST_WAIT_S = 40;
/** What is not asked for in so many words stays short. */
const MOST_CHARACTERS = { unasked: 8_000, asked: 36_000 };

export const getLogs = defineTool({
  name: "get_logs",
  title: "Get logs",
  description:
    "Get the last lines that an action printed. It answers within seconds, also while the action runs; where the log is gone it tells why, with links.",
  effect: "read",
  input: z
    .object({
      run_name: z.string().min(1).describe("The run."),
      action_name: z.string().min(1).default("a0").describe("Default: the root."),
      attempt: z.int().min(1).optional().describe("Default: the latest."),
      max_lines: z
        .int()
        .min(1)
        .max(MOST_LINES)
        .optional()
        .describe(`1 to ${MOST_LINES}; default: ${DEFAULT_LINES}.`),
      grep: z.string().min(1).max(500).optional().describe("Only lines with this text, in any case."),
      since: z.string().min(1).optional().describe("Only newer lines: 90s, 10m, 2h, 1d or a time."),
      pod: z.string().min(1).optional().describe("A pod, or all; default: the primary."),
      container: z.string().min(1).optional().describe("Container."),
      timestamps: z.boolean().default(false).describe("true: with times."),
      include_system: z.boolean().default(false).describe("true: also the platform's lines."),
      wait_s: z
        .number()
        .min(0)
        .default(0)
        .describe(`Seconds to wait for the end, at most ${LONGEST_WAIT_S}.`),
    })
    .extend(scopeInput.shape),
  output: z.object({
    run: z.string(),
    action: z.string(),
    attempt: z.number(),
    phase: z.string().describe("Of the attempt."),
    lines: z.array(z.string()).describe("Oldest first, without control codes."),
    earlier_lines: z.number().optional().describe("How many lines before those match, too."),
    platform_lines: z.number().optional().describe("How many lines of the platform were left out."),
    complete: z.boolean().describe("The attempt has ended and its log was read to the end."),
    message: z.string().optional(),
    error: errorOutput.optional(),
    abort_reason: z.string().optional(),
    events: z.array(z.string()).optional().describe("What the cluster said, oldest first."),
    log_links: z.array(z.object({ name: z.string(), uri: z.string() })).optional(),
    pods: z.array(z.object({ name: z.string(), containers: z.array(z.string()) })).optional(),
    url: z.string().optional(),
  }),

  async run(input, context) {
    const { run_name, action_name, attempt, max_lines, grep, since, pod, container } = input;
    const place = context.scope(input);
    const actionId = { run: { ...place, name: run_name }, name: action_name };
    const sinceMs = since === undefined ? undefined : readSince(since, Date.now());
    const first = await readAttempt(context.flyte, actionId, attempt);
    assertPodExists(first.attempt?.logContext, { pod, container });
    const filter = { most: max_lines ?? DEFAULT_LINES, grep, sinceMs, pod, container };
    const query = { ...filter, actionId, withSystem: input.include_system };
    const read = await followLog(context, first, query, Math.min(input.wait_s, LONGEST_WAIT_S) * 1000);
    const mostCharacters = max_lines === undefined ? MOST_CHARACTERS.unasked : MOST_CHARACTERS.asked;
    const page = { kind: "runs", ...place, path: [run_name], action: action_name } as const;
    return {
      ...{ run: run_name, action: action_name, attempt: read.state.number, phase: read.state.phase },
      ...describeLog(read, { pod, container, grep, timestamps: input.timestamps, mostCharacters }),
      pods: listPods(read.state.attempt?.logContext),
      url: context.consoleUrl(page),
    };
  },
});
