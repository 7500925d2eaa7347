import { create } from "@bufbuild/protobuf";
import {
  ExtendedResourcesSchema,
  ResourcesSchema,
  Resources_ResourceName as Name,
} from "@flyte-mcp/idl/core/tasks";
import type { ExtendedResources, Resources } from "@flyte-mcp/idl/core/tasks";
import { z } from "zod";

const QUANTITIES = ["cpu", "memory", "disk"] as const;
const NAMES = [...QUANTITIES, "gpu", "gpu_type"] as const;
const QUANTITY = /^\d+(\.\d+)?([mkMGTPE]|[KMGTPE]i)?$/;
const MOST_GPUS = 64;

export type ScriptResources = Partial<Record<(typeof NAMES)[number], string>>;

/** What a script's pod asks for and is limited to; a record, since its properties would not fit the listing of the tool. */
export const resourcesInput = z
  .record(z.string(), z.unknown())
  .superRefine((given, { addIssue }) => {
    for (const message of problemsOf(given)) addIssue({ code: "custom", message });
  })
  .transform((given): ScriptResources =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)])),
  );

function problemsOf(given: Record<string, unknown>): string[] {
  const unknown = Object.keys(given).filter((name) => !(NAMES as readonly string[]).includes(name));
  const wrong = QUANTITIES.filter((name) => name in given && !QUANTITY.test(String(given[name])));
  const { gpu, gpu_type: gpuType } = given;
  const isCount = gpu === undefined || (/^[1-9]\d?$/.test(String(gpu)) && Number(gpu) <= MOST_GPUS);
  return [
    ...unknown.map((name) => `${name} is unknown; known are ${NAMES.join(", ")}`),
    ...wrong.map((name) => `${name} is no Kubernetes quantity, such as 500m, 2 or 4Gi`),
    ...(isCount ? [] : [`gpu is a number of 1 to ${MOST_GPUS}`]),
    ...(gpuType === undefined || gpu !== undefined ? [] : ["gpu_type needs gpu, their number"]),
  ];
}

/** The resources as Flyte's SDK sends them: asked for and never exceeded. */
export function toResources({ cpu, memory, disk, gpu }: ScriptResources): Resources {
  const entries = [
    ...entry(Name.CPU, cpu),
    ...entry(Name.MEMORY, memory),
    ...entry(Name.EPHEMERAL_STORAGE, disk),
    ...entry(Name.GPU, gpu),
  ];
  return create(ResourcesSchema, { requests: entries, limits: entries });
}

function entry(name: Name, value: string | undefined) {
  return value === undefined ? [] : [{ name, value }];
}

// As the SDK names them on the wire; a name that is not here goes there as it is.
const DEVICES: Readonly<Record<string, string>> = {
  T4: "nvidia-tesla-t4",
  V100: "nvidia-tesla-v100",
  A100: "nvidia-tesla-a100",
  A100_80G: "nvidia-a100-80gb",
  A10: "nvidia-a10",
  A10G: "nvidia-a10g",
  L4: "nvidia-l4",
  L40S: "nvidia-l40s",
  H100: "nvidia-tesla-h100",
  RTX_PRO_4500: "nvidia-rtx-pro-4500",
  RTX_PRO_6000: "nvidia-rtx-pro-6000",
};

/** The kind of GPU that is asked for, or undefined where any does. */
export function toExtendedResources({ gpu_type }: ScriptResources): ExtendedResources | undefined {
  if (gpu_type === undefined) return undefined;
  const known = gpu_type.toUpperCase().replaceAll(" ", "_");
  const device = Object.hasOwn(DEVICES, known) ? DEVICES[known] : gpu_type;
  return create(ExtendedResourcesSchema, { gpuAccelerator: { device: device ?? gpu_type } });
}
