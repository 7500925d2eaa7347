import { Sort_Direction } from "@flyte-mcp/idl/common/list";
import type { ListProjectsRequest, Project } from "@flyte-mcp/idl/project/project_service";
import { ProjectState } from "@flyte-mcp/idl/project/project_service";
import { invalidArgument } from "../errors.ts";
import type { Plane } from "../plane.ts";
import type { Columns } from "../query/columns.ts";
import { compareValues, integer, text, time } from "../query/columns.ts";
import type { ProjectRow } from "../state/state.ts";

const COLUMNS: Columns<ProjectRow> = {
  identifier: text(({ project }) => project.id),
  name: text(({ project }) => project.name),
  description: text(({ project }) => project.description),
  labels: text(() => undefined),
  state: integer(({ project }) => project.state),
  created_at: time((row) => row.createdAt),
  updated_at: time((row) => row.updatedAt),
};

/** Projects in the order asked for; no limit means all, no filter means all but the archived. */
export function listProjects(
  plane: Plane,
  { limit, token, filters, sortBy }: ListProjectsRequest,
): { projects: Project[]; token: string } {
  const offset = readOffset(token);
  const compare = readOrder(sortBy);
  const matches = filters.trim() === "" ? isNotArchived : readFilters(filters);
  const rows = plane.state.projects.filter(matches).sort(compare);
  const page = rows.slice(offset, limit > 0 ? offset + limit : undefined);
  const next = limit > 0 && page.length === limit ? String(offset + limit) : "";
  return { projects: page.map(({ project }) => project), token: next };
}

function isNotArchived({ project }: ProjectRow): boolean {
  return project.state !== ProjectState.ARCHIVED;
}

function readOffset(token: string): number {
  if (token === "") return 0;
  const offset = /^[-+]?\d+/.exec(token)?.[0];
  if (offset === undefined) throw invalidArgument(`invalid token format: ${token}`);
  if (Number(offset) < 0) throw invalidArgument(`invalid offset: ${Number(offset)} (must be non-negative)`);
  return Number(offset);
}

function readOrder(sortBy: ListProjectsRequest["sortBy"]): (a: ProjectRow, b: ProjectRow) => number {
  if (!sortBy?.key) return () => 0;
  const column = COLUMNS[sortBy.key];
  if (!column) throw invalidArgument(`invalid sort field: ${sortBy.key}`);
  const sign = sortBy.direction === Sort_Direction.ASCENDING ? 1 : -1;
  return (a, b) => sign * compareValues(column.read(a), column.read(b));
}

/** Reads `fn(field,value)` joined by `+`, e.g. `eq(state,0)+contains(name,foo)`. */
function readFilters(filters: string): (row: ProjectRow) => boolean {
  const parts = filters.trim().split("+").map(readFilter);
  return (row) => parts.every((part) => part(row));
}

function readFilter(raw: string): (row: ProjectRow) => boolean {
  const expression = raw.trim();
  const [, name = "", args = ""] = /^([^(]+)\((.*)\)$/.exec(expression) ?? [];
  if (name === "") throw invalidArgument(`invalid filter format: ${expression}`);
  const comma = args.indexOf(",");
  if (comma < 0) throw invalidArgument(`invalid filter arguments: ${expression}`);
  const field = args.slice(0, comma).trim();
  const column = COLUMNS[field];
  if (!column) throw invalidArgument(`invalid filter field: ${field}`);
  const test = createTest(name.trim().toLowerCase(), args.slice(comma + 1).trim());
  return (row) => test(String(column.read(row) ?? ""));
}

function createTest(name: string, wanted: string): (value: string) => boolean {
  if (name === "eq") return (value) => value === wanted;
  if (name === "ne") return (value) => value !== wanted;
  if (name === "contains") return (value) => value.includes(wanted);
  if (name === "value_in") return (value) => wanted.split(";").some((one) => one.trim() === value);
  throw invalidArgument(`unsupported filter function: ${name}`);
}
