import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import type { ErrorInfo } from "@flyte-mcp/idl/workflow/run_definition";
import { z } from "zod";

/** Why a run failed. */
export const errorOutput = z.object({
  message: z.string(),
  kind: z.string().optional().describe("user: the task's code; system: the platform."),
  code: z.string().optional(),
});

/** An error as Flyte recorded it; a code `<server's>|<task's>` is kept as it is. */
export function describeError({ message, kind, code }: ErrorInfo) {
  const known = kind === ErrorInfo_Kind.UNSPECIFIED ? undefined : ErrorInfo_Kind[kind]?.toLowerCase();
  return { message, kind: known, code: code || undefined };
}
