import { GpuFault_Kind } from "@flyte-mcp/idl/core/execution";
import type { GpuFault } from "@flyte-mcp/idl/core/execution";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import type { ErrorInfo } from "@flyte-mcp/idl/workflow/run_definition";
import { z } from "zod";

/** Why a run failed. */
export const errorOutput = z.object({
  message: z.string(),
  kind: z.string().optional().describe("user: the task's code; system: the platform."),
  code: z.string().optional(),
  gpu_fault: z
    .object({
      kind: z.string(),
      code: z.number(),
      name: z.string().optional(),
      gpu_index: z.number().optional(),
      node: z.string().optional(),
    })
    .optional(),
});

/** An error as Flyte recorded it; a code `<server's>|<task's>` is kept as it is. */
export function describeError({ message, kind, code, gpuFault }: ErrorInfo) {
  const known = kind === ErrorInfo_Kind.UNSPECIFIED ? undefined : ErrorInfo_Kind[kind]?.toLowerCase();
  return { message, kind: known, code: code || undefined, gpu_fault: gpuFault && describeGpuFault(gpuFault) };
}

/** Numbers of the two kinds, Xid and SXid, differ in meaning; GPU 0 is a real one. */
function describeGpuFault({ kind, code, name, gpuIndex, node }: GpuFault) {
  const known = GpuFault_Kind[kind]?.toLowerCase() ?? `kind_${kind}`;
  return { kind: known, code, name: name || undefined, gpu_index: gpuIndex, node: node || undefined };
}
