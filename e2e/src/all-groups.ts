import { action } from "@flyte-mcp/action";
import { app } from "@flyte-mcp/app";
import { build } from "@flyte-mcp/build";
import { condition } from "@flyte-mcp/condition";
import type { ToolGroup } from "@flyte-mcp/core";
import { identity } from "@flyte-mcp/identity";
import { logs } from "@flyte-mcp/logs";
import { project } from "@flyte-mcp/project";
import { run } from "@flyte-mcp/run";
import { script } from "@flyte-mcp/script";
import { search } from "@flyte-mcp/search";
import { secret } from "@flyte-mcp/secret";
import { task } from "@flyte-mcp/task";
import { trigger } from "@flyte-mcp/trigger";

/** Every group as the apps compose them without further settings. */
export const allGroups: readonly ToolGroup[] = [
  task,
  run,
  action,
  logs,
  app,
  trigger,
  project,
  secret(),
  condition,
  identity,
  build,
  script(),
  search(),
];

/** The names of their tools, in the order in which a server lists them. */
export const allTools: readonly string[] = allGroups.flatMap(({ tools }) => tools.map(({ name }) => name));
