import { action } from "@flyte-mcp/action";
import { app } from "@flyte-mcp/app";
import { build } from "@flyte-mcp/build";
import { condition } from "@flyte-mcp/condition";
import type { Settings, ToolGroup } from "@flyte-mcp/core";
import { createListedGroup, loadGroups } from "@flyte-mcp/core/command";
import { identity } from "@flyte-mcp/identity";
import { logs } from "@flyte-mcp/logs";
import { project } from "@flyte-mcp/project";
import { run } from "@flyte-mcp/run";
import { script } from "@flyte-mcp/script";
import { readSearchOptions, search } from "@flyte-mcp/search";
import { secret } from "@flyte-mcp/secret";
import { task } from "@flyte-mcp/task";
import { trigger } from "@flyte-mcp/trigger";
import type { compositionSettings } from "./composition-settings.ts";
import { listings } from "./listings.ts";

type Values = Settings<typeof compositionSettings>["values"];

/** The groups that a server composes, in the order in which their tools are listed; `command` is where packages of --group are looked for first. */
export async function createGroups(values: Values, command: string): Promise<ToolGroup[]> {
  const { secretEnv: env, secretDir: dir, secretArguments: plain, scriptImage: image } = values;
  const isPlain = env === undefined && dir === undefined && plain === undefined;
  return [
    open("task", () => task),
    open("run", () => run),
    open("action", () => action),
    open("logs", () => logs),
    open("app", () => app),
    open("trigger", () => trigger),
    open("project", () => project),
    // Its tools show the sources of values that are open.
    isPlain ? open("secret", secret) : secret({ env, dir, plain }),
    open("condition", () => condition),
    open("identity", () => identity),
    open("build", () => build),
    open("script", () => script(image === undefined ? {} : { image })),
    open("search", () => search(readSearchOptions(values))),
    ...(await loadGroups(values.group, { command })),
  ];
}

/** The group itself, or what is known of it until it is called. */
function open(name: string, load: () => ToolGroup): ToolGroup {
  const listing = listings[name];
  return listing ? createListedGroup(listing, load) : load();
}
