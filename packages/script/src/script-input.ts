import { scopeInput } from "@flyte-mcp/core";
import { MOST_SCRIPT_BYTES } from "@flyte-mcp/images";
import { z } from "zod";
import { resourcesInput } from "./resources-input.ts";
import { imageName } from "./script-settings.ts";

// The kernel takes no longer argument.
const MOST_ARGUMENT_BYTES = 131_071;
const LONGEST_S = 604_800;
const USUAL_S = 3_600;

const script = z
  .string()
  .refine((text) => text.trim() !== "", "is empty")
  .refine((text) => !text.includes("\0"), "holds a NUL character")
  .refine((text) => Buffer.byteLength(text) <= MOST_SCRIPT_BYTES, "is larger than 1 MiB");
const argument = z
  .string()
  .refine((text) => !text.includes("\0"), "holds a NUL character")
  .refine((text) => Buffer.byteLength(text) <= MOST_ARGUMENT_BYTES, "is longer than 128 KiB");
const variable = z.string().refine((name) => /^[A-Za-z_]\w*$/.test(name), "is no name of a variable");
const seconds = z
  .int()
  .refine((value) => value >= 1 && value <= LONGEST_S, `must be 1 to ${LONGEST_S} seconds`);

/** The arguments of `run_uv_script_remote`; bounds are checked but not listed, for brevity. */
export const scriptInput = z
  .object({
    script: script.describe("Python text with a PEP 723 block."),
    args: z.array(argument).optional().describe("Command line arguments."),
    image: imageName.optional().describe("From build_uv_script_image_remote, instead of the block."),
    resources: resourcesInput.optional().describe("cpu, memory, disk, gpu, gpu_type, e.g. {memory: '4Gi'}."),
    timeout_s: seconds.default(USUAL_S).describe("Stopped then."),
    env_vars: z.record(variable, z.string()).optional().describe("Never credentials."),
    secrets: z.record(variable, z.string().min(1)).optional().describe("Variables to secrets' names."),
    idempotency_key: z.string().min(1).optional().describe("A repeated call gets the first run."),
  })
  .extend(scopeInput.shape);

/** The arguments with nothing for what was left out. */
export function readCall(input: z.output<typeof scriptInput>) {
  const { args, resources, env_vars, secrets } = input;
  return {
    ...input,
    args: args ?? [],
    resources: resources ?? {},
    env_vars: env_vars ?? {},
    secrets: secrets ?? {},
  };
}

export type ScriptCall = ReturnType<typeof readCall>;
