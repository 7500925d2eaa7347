import { run } from "@flyte-mcp/run";
import { task } from "@flyte-mcp/task";

/** The groups that this server composes, in the order in which their tools are listed. */
export const groups = [task, run];
