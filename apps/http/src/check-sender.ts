import type { IncomingHttpHeaders } from "node:http";
import { isLoopbackHost } from "@flyte-mcp/core";

export interface AllowedSenders {
  allowedHosts?: readonly string[];
  allowedOrigins?: readonly string[];
}

/** A sentence that refuses a foreign `Host` or `Origin`, or undefined: a web page must not reach a server on its reader's machine. */
export function checkSender(headers: IncomingHttpHeaders, allowed: AllowedSenders): string | undefined {
  const host = headers.host ?? "";
  if (!isHostAllowed(host, allowed.allowedHosts))
    return `Host "${host}" is not served here; see --allowed-hosts.`;
  const { origin } = headers;
  if (origin !== undefined && !isOriginAllowed(origin, allowed.allowedOrigins)) {
    return `Origin "${origin}" is not accepted here; see --allowed-origins.`;
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
