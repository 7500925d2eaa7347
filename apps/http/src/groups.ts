import { action } from "@flyte-mcp/action";
import { app } from "@flyte-mcp/app";
import { condition } from "@flyte-mcp/condition";
import { identity } from "@flyte-mcp/identity";
import { logs } from "@flyte-mcp/logs";
import { project } from "@flyte-mcp/project";
import { run } from "@flyte-mcp/run";
import { secret } from "@flyte-mcp/secret";
import { task } from "@flyte-mcp/task";
import { trigger } from "@flyte-mcp/trigger";

/** The groups that this server composes, in the order in which their tools are listed. */
export const groups = [task, run, action, logs, app, trigger, project, secret, condition, identity];
