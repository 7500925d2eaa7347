import { createToolError, didYouMean } from "@flyte-mcp/core";
import type { LogContext, PodLogContext } from "@flyte-mcp/idl/core/execution";

const MOST_NAMED = 10;

export interface PodChoice {
  pod?: string | undefined;
  container?: string | undefined;
}

/** The pods of an attempt with their containers. */
export function listPods(context: LogContext | undefined) {
  const pods = context?.pods ?? [];
  return pods.slice(0, MOST_NAMED).map((pod) => ({ name: pod.podName, containers: containersOf(pod) }));
}

/** Throws a tool error for a pod or container that the attempt does not have, as far as the plane tells. */
export function assertPodExists(context: LogContext | undefined, { pod, container }: PodChoice): void {
  // Of an attempt whose pods are known by the beginning of their names alone, more may come.
  if (!context || context.pods.length === 0 || context.podNamePrefixes.length > 0) return;
  const names = context.pods.map(({ podName }) => podName);
  if (pod !== undefined && pod !== "all" && !names.includes(pod)) throw missing("pod", pod, names);
  const chosen = context.pods.filter(({ podName }) => pod === undefined || pod === "all" || podName === pod);
  const known = [...new Set(chosen.flatMap(containersOf))];
  if (container !== undefined && known.length > 0 && !known.includes(container))
    throw missing("container", container, known);
}

/** Whether the choice is what a plane gives that knows no choice: the primary container of the primary pod. */
export function isPrimary(context: LogContext | undefined, { pod, container }: PodChoice): boolean {
  if (!context || context.pods.length === 0) return true;
  const primary = context.pods.find(({ podName }) => podName === context.primaryPodName) ?? context.pods[0];
  const isPod = pod === undefined || pod === "all" || pod === primary?.podName;
  return isPod && (container === undefined || container === primary?.primaryContainerName);
}

function containersOf({ containers, initContainers, primaryContainerName }: PodLogContext): string[] {
  const names = [...initContainers, ...containers].map(({ containerName }) => containerName);
  return names.length === 0 && primaryContainerName ? [primaryContainerName] : names;
}

function missing(kind: string, name: string, known: readonly string[]): Error {
  return createToolError({
    code: "not_found",
    message: `The attempt has no ${kind} "${name}".${didYouMean(name, known)}`,
    hint: `It has ${known.slice(0, MOST_NAMED).join(", ")}.`,
  });
}
