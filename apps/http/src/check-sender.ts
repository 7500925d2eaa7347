import type { IncomingHttpHeaders } from "node:http";
import { isLoopbackHost } from "@flyte-mcp/core/callers";
import type { Refusal } from "./refusal.ts";

export interface AllowedSenders {
  allowedHosts?: readonly string[];
  allowedOrigins?: readonly string[];
}

/** Refuses a foreign `Host` or `Origin`: a web page must not reach a server on its reader's machine. */
export function checkSender(
  { host = "", origin }: IncomingHttpHeaders,
  allowed: AllowedSenders,
): Refusal | undefined {
  if (!isHostAllowed(host, allowed.allowedHosts)) {
    return { status: 403, message: `Host "${host}" is not served here; see --allowed-hosts.` };
  }
  if (origin !== undefined && !isOriginAllowed(origin, allowed.allowedOrigins)) {
    return { status: 403, message: `Origin "${origin}" is not accepted here; see --allowed-origins.` };
  }
  return undefined;
}

function isHostAllowed(host: string, allowed: readonly string[] = []): boolean {
  const full = host.toLowerCase();
  const name = full.replace(/:\d+$/, "");
  return isLoopbackHost(name) || allowed.some((entry) => ["*", full, name].includes(entry.toLowerCase()));
}

function isOriginAllowed(origin: string, allowed: readonly string[] = []): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  return (
    allowed.includes(origin) || allowed.includes("*") || (url !== undefined && isLoopbackHost(url.hostname))
  );
}
