import type { ConnectError } from "@connectrpc/connect";
import { internal, notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import type { ProjectRow } from "./state.ts";

export function findProject(plane: Plane, id: string): ProjectRow | undefined {
  return plane.state.projects.find(({ project }) => project.id === id);
}

/** Throws what services other than ProjectService say of a project that is not there. */
export function assertProject(plane: Plane, id: string): void {
  const error = projectError(plane, id);
  if (error) throw error;
}

function projectError(plane: Plane, id: string): ConnectError | undefined {
  if (id === "") return internal("failed to validate project: invalid_argument: id is required");
  return findProject(plane, id) ? undefined : notFound(`project "${id}" not found`);
}
