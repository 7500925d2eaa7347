import type { Flyte } from "@flyte-mcp/core";
import { findAuthorizationServer } from "@flyte-mcp/core/callers";

/** Whether a plane checks credentials; one that does not tell may do so. */
export async function hasLogin(flyte: Flyte): Promise<boolean> {
  try {
    return (await findAuthorizationServer(flyte)) !== undefined;
  } catch {
    return true;
  }
}
