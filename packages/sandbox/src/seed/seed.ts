import { create } from "@bufbuild/protobuf";
import { ProjectSchema } from "@flyte-mcp/idl/project/project_service";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskIdentifierSchema } from "@flyte-mcp/idl/task/task_definition";
import type { SandboxOptions } from "../options.ts";
import type { Plane } from "../plane.ts";
import { putProject } from "../services/project-service.ts";
import { putTask } from "../state/tasks.ts";
import { ASK_TASK, readAskSpec } from "./ask-spec.ts";
import { BUILD_SCOPE, BUILD_TASK, readBuildSpec } from "./build-spec.ts";
import { seedHistory } from "./history.ts";
import { seedApps } from "./apps.ts";
import { readSeedSpec, SEED_SCOPE, SEED_TASKS } from "./specs.ts";
import { seedTriggers } from "./triggers.ts";

const PROJECTS = ["flytesnacks", "testproject"];
const VERSIONS = ["v1", "v2"];

/** Fills a new plane with what the options ask for. */
export function seedPlane(
  plane: Plane,
  { seed = true, history = seed, images = true }: SandboxOptions,
): void {
  if (!seed) return;
  for (const id of PROJECTS) putProject(plane, create(ProjectSchema, { id, name: id }));
  for (const version of VERSIONS)
    for (const name of SEED_TASKS) deployTask(plane, name, version, readSeedSpec(name));
  if (images) deployTask(plane, BUILD_TASK, "v1", readBuildSpec(), BUILD_SCOPE);
  if (!history) return;
  deployTask(plane, ASK_TASK, "v1", readAskSpec());
  seedHistory(plane);
  seedTriggers(plane);
  seedApps(plane);
}

function deployTask(plane: Plane, name: string, version: string, spec: TaskSpec, scope = SEED_SCOPE): void {
  if (spec.taskTemplate?.id) spec.taskTemplate.id.version = version;
  putTask(plane, create(TaskIdentifierSchema, { ...scope, name, version }), spec);
}
