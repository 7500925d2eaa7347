import type { ActionIdentifier } from "@flyte-mcp/idl/common/identifier";

/** A protobuf message as Go prints it in an error: `run:{project:"p"  domain:"d"  name:"r"}  name:"a0"`. */
export function goActionId(id: ActionIdentifier | undefined): string {
  const { org = "", project = "", domain = "", name = "" } = id?.run ?? {};
  const run = fields({ org, project, domain, name });
  return [
    ...(id?.run ? [`run:{${run}}`] : []),
    ...(id?.name ? [`name:${JSON.stringify(id.name)}`] : []),
  ].join("  ");
}

function fields(values: Record<string, string>): string {
  const filled = Object.entries(values).filter(([, value]) => value !== "");
  return filled.map(([key, value]) => `${key}:${JSON.stringify(value)}`).join("  ");
}

/** A duration as Go prints it: `277h46m39s`, `1h0m0s`, `90ms`. */
export function goDuration(seconds: number): string {
  if (seconds < 1) return seconds === 0 ? "0s" : `${seconds * 1000}ms`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
