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
  server_code: z.string().optional().describe("What the server added to the task's own code."),
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

/** An error as Flyte recorded it; of a code `<server's>|<task's>` each part by itself. */
export function describeError({ message, kind, code, gpuFault }: ErrorInfo) {
  const known = kind === ErrorInfo_Kind.UNSPECIFIED ? undefined : ErrorInfo_Kind[kind]?.toLowerCase();
  return { message, kind: known, ...splitCode(code), gpu_fault: gpuFault && describeGpuFault(gpuFault) };
}

function splitCode(code: string): { code: string | undefined; server_code?: string } {
  const [server = "", ...own] = code.split("|");
  if (own.length === 0) return { code: code.trim() || undefined };
  return { code: own.join("|").trim() || undefined, server_code: server.trim() };
}

/** Numbers of the two kinds, Xid and SXid, differ in meaning; GPU 0 is a real one. */
function describeGpuFault({ kind, code, name, gpuIndex, node }: GpuFault) {
  const known = GpuFault_Kind[kind]?.toLowerCase() ?? `kind_${kind}`;
  return { kind: known, code, name: name || undefined, gpu_index: gpuIndex, node: node || undefined };
}
