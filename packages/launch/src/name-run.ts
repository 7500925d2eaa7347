import { createToolError } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { findRun } from "./find-run.ts";
import { LAUNCH_ANNOTATION, nameForKey } from "./idempotency.ts";
import { createRunName } from "./run-name.ts";
import type { RunOptions } from "./run-options.ts";

/** How a caller may choose a run's name; `argument` is what its tool calls the name. */
export interface ChosenName {
  argument: string;
  name: string | undefined;
  key: string | undefined;
}

export function isChosen({ name, key }: ChosenName): boolean {
  return name !== undefined || key !== undefined;
}

/** The name that a caller or its key chose, or a new one; throws a tool error when both are given. */
export function chooseRunName(scope: Scope, { argument, name, key }: ChosenName): string {
  if (name !== undefined && key !== undefined) {
    const message = `${argument} and idempotency_key exclude each other: a key chooses the name.`;
    throw createToolError({ code: "invalid_argument", message });
  }
  return key === undefined ? (name ?? createRunName()) : nameForKey(scope, key);
}

/** The options with the mark by which a repeated call knows the run again, where the name was chosen. */
export function markLaunch(options: RunOptions, chosen: ChosenName, mark: string): RunOptions {
  if (!isChosen(chosen)) return options;
  return { ...options, annotations: { ...options.annotations, [LAUNCH_ANNOTATION]: mark } };
}

/** Whether a launch of a chosen name is there already, known by its mark; throws a tool error when the run is of something else. */
export async function isLaunched(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
  chosen: ChosenName,
  mark: string,
): Promise<boolean> {
  const found = isChosen(chosen) ? await findRun(flyte, scope, name) : undefined;
  if (found === undefined) return false;
  if (found.annotations[LAUNCH_ANNOTATION] === mark) return true;
  const message = `Nothing was launched: run ${name} exists, and is of something else.`;
  const hint = `Use another ${chosen.argument} or idempotency_key.`;
  throw createToolError({ code: "already_exists", message, hint });
}
