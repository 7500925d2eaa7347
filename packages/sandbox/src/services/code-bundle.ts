import { gzipSync } from "node:zlib";
import type { ActionIdentifier } from "@flyte-mcp/idl/common/identifier";
import { notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { STORAGE_PREFIX } from "../plane.ts";
import { findAction } from "../state/actions.ts";
import { packTar } from "../store/pack-tar.ts";

/** Makes the archive of an action's code where there is none yet, and gives its URI. */
export function storeCodeBundle(plane: Plane, id: ActionIdentifier | undefined): string {
  const task = findAction(plane, id)?.taskId;
  if (!task) throw notFound("no code bundle found: the action is of no task");
  const { project, domain, name, version } = task;
  const uri = `${STORAGE_PREFIX}/code/${[project, domain, name, version].join("/")}/fast.tar.gz`;
  plane.state.blobs[uri] ??= new Uint8Array(gzipSync(packTar(filesOf(name, version))));
  return uri;
}

function filesOf(task: string, version: string): Record<string, string> {
  const [environment, name] = [task.split(".", 1).join(""), task.slice(task.lastIndexOf(".") + 1)];
  return {
    "tasks.py": `import flyte\n\nenv = flyte.TaskEnvironment(name="${environment}")\n\n\n@env.task\nasync def ${name}():\n    ...\n`,
    "settings/defaults.toml": `version = "${version}"\n`,
  };
}
