import { action } from "@flyte-mcp/action";
import { app } from "@flyte-mcp/app";
import { build } from "@flyte-mcp/build";
import { condition } from "@flyte-mcp/condition";
import type { Settings, ToolGroup } from "@flyte-mcp/core";
import { loadGroups } from "@flyte-mcp/core/command";
import type { groupSettings } from "@flyte-mcp/core/command";
import { identity } from "@flyte-mcp/identity";
import { logs } from "@flyte-mcp/logs";
import { project } from "@flyte-mcp/project";
import { run } from "@flyte-mcp/run";
import { script } from "@flyte-mcp/script";
import type { scriptSettings } from "@flyte-mcp/script";
import { readSearchOptions, search } from "@flyte-mcp/search";
import type { searchSettings } from "@flyte-mcp/search";
import { secret } from "@flyte-mcp/secret";
import type { secretSettings } from "@flyte-mcp/secret";
import { task } from "@flyte-mcp/task";
import { trigger } from "@flyte-mcp/trigger";

type Values = Settings<
  typeof secretSettings & typeof scriptSettings & typeof searchSettings & typeof groupSettings
>["values"];

/** The groups that this server composes, in the order in which their tools are listed. */
export async function createGroups(values: Values): Promise<ToolGroup[]> {
  const { secretEnv: env, secretDir: dir, secretArguments: plain } = values;
  const secrets = secret({ env, dir, plain });
  const scripts = script(values.scriptImage === undefined ? {} : { image: values.scriptImage });
  const texts = search(readSearchOptions(values));
  const more = await loadGroups(values.group, { command: import.meta.url });
  return [
    task,
    run,
    action,
    logs,
    app,
    trigger,
    project,
    secrets,
    condition,
    identity,
    build,
    scripts,
    texts,
    ...more,
  ];
}
