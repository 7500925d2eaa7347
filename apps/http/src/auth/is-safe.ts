import { isLoopbackHost } from "@flyte-mcp/core/callers";

/** Whether what comes from an address can be trusted to come from there. */
export function isSafe(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackHost(url.hostname));
}
