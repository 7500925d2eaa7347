import { createHash } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import type { Scope, UploadedFile } from "@flyte-mcp/core";
import { ResourceType } from "@flyte-mcp/idl/core/identifier";
import type { VariableMap } from "@flyte-mcp/idl/core/interface";
import { RuntimeMetadata_RuntimeType } from "@flyte-mcp/idl/core/tasks";
import { Secret_MountType } from "@flyte-mcp/idl/core/security";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { SYS_PATH } from "@flyte-mcp/launch";
import { toExtendedResources, toResources } from "./resources-input.ts";
import type { ScriptResources } from "./resources-input.ts";

/** The task of every script: one name, so that an allowlist of tasks can hold it. */
export const SCRIPT_TASK = "mcp_scripts.run_script";

/** Time for the runner to say that the script's time is over, before Flyte ends its pod. */
export const GRACE_S = 60;

/** How a way to run scripts differs from the other one. */
export interface Runner {
  bundle: UploadedFile;
  /** How `a0` finds the task within the bundle. */
  resolver: readonly string[];
  inputs: VariableMap;
  outputs: VariableMap;
  env: Record<string, string>;
}

export interface ScriptPod {
  image: string;
  resources: ScriptResources;
  timeoutS: number;
  /** Variables to names of secrets. */
  secrets: Record<string, string>;
}

/** The spec of a script's run; nothing of the script or its arguments is in it, nor any value of a secret. */
export function createTaskSpec(scope: Scope, runner: Runner, bundleUri: string, pod: ScriptPod): TaskSpec {
  const version = versionOf(runner, pod);
  const [environment = "", shortName = ""] = SCRIPT_TASK.split(".");
  return create(TaskSpecSchema, {
    taskTemplate: {
      id: { resourceType: ResourceType.TASK, ...scope, name: SCRIPT_TASK, version },
      type: "python",
      interface: { inputs: runner.inputs, outputs: runner.outputs },
      metadata: {
        runtime: {
          type: RuntimeMetadata_RuntimeType.FLYTE_SDK,
          version: sdkVersion(pod.image),
          flavor: "python",
        },
        // A script is not known to be safe to run twice.
        retries: { retries: 0 },
        timeout: { seconds: BigInt(pod.timeoutS + GRACE_S) },
        codeBundleUri: bundleUri,
      },
      target: { case: "container", value: createContainer(runner, bundleUri, version, pod) },
      securityContext: { secrets: toSecrets(pod.secrets) },
      extendedResources: toExtendedResources(pod.resources),
    },
    shortName,
    environment: { name: environment },
    documentation: { shortDescription: "Runs a Python script." },
  });
}

function createContainer(
  runner: Runner,
  bundleUri: string,
  version: string,
  { image, resources }: ScriptPod,
) {
  const env = { [SYS_PATH]: "./.:./.", ...runner.env };
  return {
    image,
    args: containerArgs(runner, bundleUri, version),
    resources: toResources(resources),
    env: Object.entries(env).map(([key, value]) => ({ key, value })),
  };
}

/** What Flyte's own runtime is started with; the executor fills in what stands in braces. */
function containerArgs({ resolver }: Runner, bundleUri: string, version: string): string[] {
  return [
    "a0",
    ...["--inputs", "{{.input}}"],
    ...["--outputs-path", "{{.outputPrefix}}"],
    ...["--version", version],
    ...["--raw-data-path", "{{.rawOutputDataPrefix}}"],
    ...["--checkpoint-path", "{{.checkpointOutputPrefix}}"],
    ...["--prev-checkpoint", "{{.prevCheckpointPrefix}}"],
    ...["--run-name", "{{.runName}}"],
    ...["--name", "{{.actionName}}"],
    ...["--tgz", bundleUri],
    ...["--dest", "."],
    ...["--resolver", ...resolver],
  ];
}

function toSecrets(secrets: Record<string, string>) {
  return Object.entries(secrets).map(([envVar, key]) => ({
    key,
    envVar,
    mountRequirement: Secret_MountType.ENV_VAR,
  }));
}

const UNKNOWN_SDK = "2.0.7";

/** The SDK's version by the tag of Flyte's own images; the first that can run scripts where the tag does not say. */
function sdkVersion(image: string): string {
  return /-v(\d+\.\d+\.\d+)$/.exec(image)?.[1] ?? UNKNOWN_SDK;
}

/** The same for the same code in the same pod. */
function versionOf({ bundle, resolver, env }: Runner, pod: ScriptPod): string {
  const parts = JSON.stringify([bundle.name, resolver, env, pod]);
  return createHash("sha256").update(parts).digest("hex").slice(0, 32);
}
