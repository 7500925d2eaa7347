import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { ToolContext } from "@flyte-mcp/core";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { KeptInputs, Launch } from "@flyte-mcp/launch";
import type { Trigger, TriggerName } from "./read-trigger.ts";

/** The context key by which an SDK asks for the start time as the input that it names. */
const KICKOFF = "_u_kickoff_time_input_arg";

/** What a trigger launches with; inputs in the store are looked for only where some of them are changed. */
export async function readKept(
  flyte: ToolContext["flyte"],
  name: TriggerName,
  trigger: Trigger,
  spec: TaskSpec,
  changes: Record<string, unknown>,
): Promise<KeptInputs> {
  const kept = { owner: "the trigger", spec, filledLater: kickoffInput(trigger) };
  const { inputWrapper } = trigger.spec;
  if (inputWrapper.case !== "offloadedInputData")
    return { ...kept, inputs: inputWrapper.value ?? create(InputsSchema) };
  const stored = { ...inputWrapper.value, uri: folderOf(inputWrapper.value.uri) };
  const found = Object.keys(changes).length > 0 ? await findInputs(flyte, name, stored.uri) : undefined;
  return { ...kept, inputs: found ?? { stored, reason: whyUnread(stored.uri) } };
}

/** Asks for the start time as the trigger does, unless a value is given in its place. */
export function withKickoff(
  inputs: Launch["inputs"],
  { filledLater }: KeptInputs,
  changes: Record<string, unknown>,
): Launch["inputs"] {
  if (!("literals" in inputs) || filledLater === undefined) return inputs;
  const context = inputs.context.filter(({ key }) => key !== KICKOFF);
  const mark = Object.hasOwn(changes, filledLater) ? [] : [{ key: KICKOFF, value: filledLater }];
  return create(InputsSchema, { literals: inputs.literals, context: [...context, ...mark] });
}

function kickoffInput({ spec: { inputWrapper }, automationSpec }: Trigger): string | undefined {
  const context = inputWrapper.case === "inputs" ? inputWrapper.value.context : [];
  const marked = context.find(({ key }) => key === KICKOFF)?.value;
  const automation = automationSpec?.automation;
  const declared = automation?.case === "schedule" ? automation.value.kickoffTimeInputArg : undefined;
  return marked || declared || undefined;
}

const MOST_RUNS = 10;

/** No RPC reads inputs by their place, but each run of the trigger that was given them as they lie there does. */
async function findInputs(
  flyte: ToolContext["flyte"],
  { taskName, name, ...scope }: TriggerName,
  uri: string,
): Promise<Inputs | undefined> {
  const newest = { key: "created_at" };
  const request = { limit: MOST_RUNS, sortBy: newest, sortByFields: [newest] };
  const scopeBy = { case: "triggerName", value: { ...scope, taskName, name } } as const;
  const listed = await flyte(RunService).listRuns({ request, scopeBy }).catch(nothing);
  for (const { action } of listed?.runs ?? []) {
    const actionId = { run: { ...scope, name: action?.id?.run?.name ?? "" }, name: "a0" };
    const data = await flyte(DataProxyService).getActionData({ actionId }).catch(nothing);
    if (data?.inputs && folderOf(data.inputsUri) === uri) return data.inputs;
  }
  return undefined;
}

function nothing(error: unknown): undefined {
  const { code } = ConnectError.from(error);
  if (![Code.NotFound, Code.Unimplemented, Code.InvalidArgument].includes(code)) throw error;
  return undefined;
}

/** CreateRun takes the folder and appends the file's name. */
function folderOf(uri: string): string {
  return uri.replace(/\/inputs\.pb$/, "");
}

function whyUnread(uri: string): string {
  return `They lie at ${uri}, where Flyte reads them for no one. Give all inputs, or none to use those.`;
}
