import { CacheLookupScope } from "@flyte-mcp/idl/task/run";
import type { RunSpecSchema } from "@flyte-mcp/idl/task/run";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { z } from "zod";

const MOST_ACTIONS = 4_294_967_295;

const qualified = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/,
    "is no Kubernetes name",
  );
const labelValue = z
  .string()
  .refine((text) => /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/.test(text), "is no Kubernetes label value");
const variable = z.string().regex(/^[^=\0]+$/, "is no name of an environment variable");

/** Arguments of every tool that launches runs; all of them may be left out. */
export const runOptionsInput = z.object({
  labels: z.record(qualified, labelValue).optional().describe("Kubernetes labels."),
  annotations: z.record(qualified, z.string()).optional().describe("Kubernetes annotations."),
  env_vars: z.record(variable, z.string()).optional().describe("Seen by all: never secrets."),
  queue: z.string().min(1).optional().describe("The task's own when left out."),
  interruptible: z.boolean().optional().describe("May run on spot capacity; the task's own when left out."),
  overwrite_cache: z.boolean().optional().describe("true: run all anew."),
  service_account: z.string().min(1).optional().describe("Kubernetes service account."),
  max_action_concurrency: z
    .int()
    .min(0)
    .refine((value) => value <= MOST_ACTIONS, `must be at most ${MOST_ACTIONS}`)
    .refine(
      (value) => value !== 1,
      "1 would deadlock a task that waits for its children; give 0 or at least 2",
    )
    .optional()
    .describe("Most actions at once, at least 2; 0 is no limit."),
});

/** Those that make sense for a run that takes over the options of another one, or of its trigger. */
export const runOverridesInput = runOptionsInput.pick({
  labels: true,
  env_vars: true,
  queue: true,
  overwrite_cache: true,
});

export type RunOptions = z.output<typeof runOptionsInput>;
export type RunSpecInit = Exclude<MessageInitShape<typeof RunSpecSchema>, { $typeName: string }>;

/** The part of a RunSpec that the options name, laid over `base` by name; undefined when there is nothing to send. */
export function createRunSpec(options: RunOptions, base: RunSpecInit = {}): RunSpecInit | undefined {
  const named = { ...labelled(options, base), ...placed(options, base), ...cached(options) };
  const spec = { ...base, ...named };
  return Object.keys(spec).length === 0 ? undefined : spec;
}

function labelled({ labels, annotations, env_vars }: RunOptions, base: RunSpecInit): RunSpecInit {
  const kept = (base.envs?.values ?? []).filter(({ key = "" }) => !Object.hasOwn(env_vars ?? {}, key));
  const envs = [...kept, ...Object.entries(env_vars ?? {}).map(([key, value]) => ({ key, value }))];
  return {
    ...(labels && { labels: { values: { ...base.labels?.values, ...labels } } }),
    ...(annotations && { annotations: { values: { ...base.annotations?.values, ...annotations } } }),
    ...(env_vars && { envs: { values: envs } }),
  };
}

function placed(
  { queue, interruptible, service_account, max_action_concurrency }: RunOptions,
  base: RunSpecInit,
): RunSpecInit {
  const runAs = { k8sServiceAccount: service_account };
  const securityContext = { secrets: base.securityContext?.secrets, runAs };
  return {
    ...(queue !== undefined && { queue }),
    ...(interruptible !== undefined && { interruptible }),
    ...(service_account !== undefined && { securityContext }),
    ...(max_action_concurrency !== undefined && { maxActionConcurrency: max_action_concurrency }),
  };
}

/** Planes read either the old flag or the new message. */
function cached({ overwrite_cache }: RunOptions): RunSpecInit {
  if (overwrite_cache === undefined) return {};
  const cacheConfig = { overwriteCache: overwrite_cache, cacheLookupScope: CacheLookupScope.GLOBAL };
  return { overwriteCache: overwrite_cache, cacheConfig };
}
