import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Project, ProjectService } from "@flyte-mcp/idl/project/project_service";
import { ProjectSchema } from "@flyte-mcp/idl/project/project_service";
import { invalidArgument, notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { findProject } from "../state/projects.ts";
import { listProjects } from "./list-projects.ts";

const DOMAINS = ["development", "production", "staging"].map((id) => ({
  id,
  name: id.replace(/^./, (first) => first.toUpperCase()),
}));

export function createProjectService(plane: Plane): ServiceImpl<typeof ProjectService> {
  return {
    createProject({ project }) {
      putProject(plane, readProject(project));
      return {};
    },
    updateProject({ project }) {
      const given = readProject(project);
      const row = findProject(plane, given.id);
      if (!row) throw notFound(`project not found: ${given.id}`);
      Object.assign(row, { project: given, updatedAt: plane.clock() });
      plane.changed();
      return {};
    },
    getProject({ id }) {
      if (id === "") throw invalidArgument("id is required");
      const row = findProject(plane, id);
      if (!row) throw notFound(`project not found: ${id}`);
      return { project: withDomains(row.project) };
    },
    listProjects(request) {
      const { projects, token } = listProjects(plane, request);
      return { projects: { projects: projects.map(withDomains), token } };
    },
  };
}

/** Stores a new project; throws `already_exists`. */
export function putProject(plane: Plane, project: Project): void {
  if (findProject(plane, project.id))
    throw new ConnectError(`project already exists: ${project.id}`, Code.AlreadyExists);
  const now = plane.clock();
  plane.state.projects.push({ project, createdAt: now, updatedAt: now });
  plane.changed();
}

function readProject(project: Project | undefined): Project {
  if (!project?.id) throw invalidArgument("project.id is required");
  const { id, name, description, labels, state } = project;
  return create(ProjectSchema, { id, name, description, state, ...(labels ? { labels } : {}) });
}

/** The domains are fixed in the plane's configuration, for every project the same. */
function withDomains({ id, name, description, labels, state }: Project): Project {
  return create(ProjectSchema, {
    id,
    name,
    description,
    state,
    domains: DOMAINS,
    ...(labels ? { labels } : {}),
  });
}
