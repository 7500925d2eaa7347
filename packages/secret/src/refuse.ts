import { createToolError } from "@flyte-mcp/core";

/** An error of an argument; no secret was made. */
export function refuse(message: string, hint?: string) {
  return createToolError({ code: "invalid_argument", message, hint });
}
