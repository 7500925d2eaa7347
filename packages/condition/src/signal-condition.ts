import { setTimeout as pause } from "node:timers/promises";
import { createToolError, defineTool, isTerminal, phaseName, scopeInput } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { describeAnswer, primitiveOf } from "./describe-answer.ts";
import { findCondition } from "./find-condition.ts";
import { ACCEPTED, readAnswer } from "./read-answer.ts";
import type { Answer, Given } from "./read-answer.ts";
import type { Condition } from "./read-condition.ts";
import { readCondition } from "./read-condition.ts";
import { VALUE_TYPES } from "./value-types.ts";
import type { ValueType } from "./value-types.ts";

const POLL_FOR_MS = 5_000;
const POLL_EVERY_MS = 200;

const SLOW =
  "Flyte has taken the answer, but has not gone on with it yet; list_conditions shows when it has.";

const UNREAD = "Flyte has taken the answer; how it went on could not be read, list_conditions shows it.";

export const signalCondition = defineTool({
  name: "signal_condition",
  title: "Signal condition",
  description:
    "Answer a condition at which a run waits; see list_conditions first. The run goes on at once and the answer cannot be taken back: give only what the person who decides has said.",
  effect: "write",
  input: z
    .object({
      run_name: z.string().min(1).describe("The run that waits."),
      name: z.string().min(1).describe("The condition's name, or its action's."),
      value: z.union([z.boolean(), z.number(), z.string()]).describe("The answer, of the declared type."),
      type: z.enum(VALUE_TYPES).optional().describe("Only where list_conditions shows none."),
    })
    .extend(scopeInput.shape),
  output: z.object({
    run_name: z.string(),
    name: z.string(),
    action_name: z.string(),
    signaled: z.boolean(),
    already_answered: z.boolean().optional().describe("It had this very answer before."),
    value: z.union([z.boolean(), z.number(), z.string()]).optional(),
    phase: z.string().describe("The condition's phase afterwards."),
    message: z.string().optional(),
  }),

  async run({ run_name, name, value, type, ...args }, { flyte, scope, signal }) {
    const place = scope(args);
    const condition = await findCondition(flyte, place, run_name, name);
    const answer = readTyped(condition, value, type);
    const told = {
      run_name,
      name: condition.name,
      action_name: condition.actionName,
      value: describeAnswer(answer.value),
    };
    const phase = condition.status?.phase ?? ActionPhase.UNSPECIFIED;
    if (isTerminal(phase)) {
      await assertSameAnswer(flyte, place, run_name, condition, answer);
      return { ...told, signaled: false, already_answered: true, phase: phaseName(phase) };
    }
    const actionId = { run: { ...place, name: run_name }, name: condition.actionName };
    const parentActionName = condition.parent || "a0";
    await flyte(RunService).signalEvent({ actionId, parentActionName, payload: { value: answer } });
    return { ...told, signaled: true, ...describeAfter(await phaseAfter(flyte, actionId, signal)) };
  },
});

/** The answer in the condition's type; throws a tool error, before anything is sent, for one that does not fit. */
function readTyped(condition: Condition, given: Given, asked: ValueType | undefined): Answer {
  const { name, type: declared } = condition;
  const type = declared ?? asked;
  if (type === undefined)
    throw refuse(
      `Flyte does not tell the type of condition "${name}".`,
      "Nothing was sent; pass type: bool, int, float or str.",
    );
  if (asked !== undefined && asked !== type)
    throw refuse(
      `Condition "${name}" is of type ${type}, not ${asked}.`,
      "Nothing was sent; leave type out.",
    );
  const answer = readAnswer(type, given);
  if (answer) return answer;
  throw refuse(
    `value: condition "${name}" is of type ${type}; it must be ${ACCEPTED[type]}.`,
    "Nothing was sent.",
  );
}

/** Throws a tool error when a condition that has ended was not answered, or not so. */
async function assertSameAnswer(
  flyte: ToolContext["flyte"],
  place: Scope,
  runName: string,
  { name, actionName }: Condition,
  { value }: Answer,
): Promise<void> {
  const ended = await readCondition(flyte, place, runName, actionName);
  const known = primitiveOf(ended.answer);
  if (known !== undefined && known === value) return;
  const how =
    known === undefined
      ? `has ended (${phaseName(ended.status?.phase ?? 0)}) and can no longer be answered`
      : `was answered with ${JSON.stringify(describeAnswer(known))} already; an answer counts once`;
  throw createToolError({
    code: "failed_precondition",
    message: `Condition "${name}" of run "${runName}" ${how}.`,
    hint: "Nothing was sent. list_conditions shows what still waits.",
  });
}

function describeAfter(phase: ActionPhase | undefined) {
  if (phase === undefined) return { phase: "unknown", message: UNREAD };
  return { phase: phaseName(phase), message: isTerminal(phase) ? undefined : SLOW };
}

type ActionId = { run: Scope & { name: string }; name: string };

/** The phase once the plane has gone on with an answer, at most 5 s later; undefined when it cannot be read. */
async function phaseAfter(
  flyte: ToolContext["flyte"],
  actionId: ActionId,
  signal: AbortSignal,
): Promise<ActionPhase | undefined> {
  const until = Date.now() + POLL_FOR_MS;
  for (;;) {
    // The answer is given: a read that fails must not make it look as if it were not.
    const read = await flyte(RunService)
      .getActionDetails({ actionId }, { timeoutMs: POLL_FOR_MS })
      .catch(() => undefined);
    const phase = read?.details?.status?.phase;
    if ((phase !== undefined && isTerminal(phase)) || Date.now() >= until) return phase;
    await pause(POLL_EVERY_MS, undefined, { signal });
  }
}

function refuse(message: string, hint: string) {
  return createToolError({ code: "invalid_argument", message, hint });
}
