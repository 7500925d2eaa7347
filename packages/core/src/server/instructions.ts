import type { Flyte } from "../client/flyte.ts";
import type { Tool } from "../contract.ts";
import { policiesOf } from "../policy.ts";
import type { Policy } from "../policy.ts";

/** What a model is told of the whole server: where it works, what it may touch, and how the tools go together. */
export function describeServer(
  tools: readonly Tool[],
  policy: Policy,
  flyte: Flyte | undefined,
): string | undefined {
  const { defaults = {} } = flyte ?? {};
  const has = (name: string) => tools.some((tool) => tool.name === name);
  const scope = [
    defaults.project && `project ${defaults.project}`,
    defaults.domain && `domain ${defaults.domain}`,
  ];
  const configured = scope.filter(Boolean).join(", ");
  const sentences = [
    flyte &&
      "Tools for a Flyte control plane: tasks are deployed Python functions, a run is one execution of a task.",
    configured && `Calls that name no project or domain use ${configured}.`,
    has("get_task") && has("run_task") && "Call get_task before run_task to learn the inputs.",
    has("run_task") &&
      has("wait_for_run") &&
      "run_task returns at once; follow with wait_for_run, then get_run_io.",
    has("diagnose_run") && "When a run has failed, call diagnose_run first.",
    policiesOf(policy).some(({ readOnly }) => readOnly) && "This server is read-only.",
    ...policiesOf(policy).map(
      ({ tasks }) => tasks && `Only these tasks and their runs are open: ${joinShort(tasks)}.`,
    ),
  ].filter(Boolean);
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

const MOST_CHARACTERS = 800;

function joinShort(names: readonly string[]): string {
  const shown: string[] = [];
  for (const name of names) {
    if ([...shown, name].join(", ").length > MOST_CHARACTERS) break;
    shown.push(name);
  }
  const rest = names.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(", ");
}
