import { createClient, createRouterTransport } from "@connectrpc/connect";
import { ProjectService, ProjectState } from "@flyte-mcp/idl/project/project_service";
import { createSandbox } from "../create.ts";

const sandbox = createSandbox({ execute: false, history: false });
const projects = createClient(ProjectService, createRouterTransport(sandbox.routes));
afterAll(() => sandbox.close());

beforeAll(async () => {
  await projects.createProject({ project: { id: "old", name: "Old", state: ProjectState.ARCHIVED } });
});

it.each([
  ["", ["flytesnacks", "testproject"]],
  ["eq(state, 0)", ["flytesnacks", "testproject"]],
  ["value_in(state,0;1)", ["flytesnacks", "testproject", "old"]],
  ["ne(state,0)", ["old"]],
  ["contains(name,test)+eq(state,0)", ["testproject"]],
])("lists by %p", async (filters, ids) => {
  const { projects: listed } = await projects.listProjects({ filters });
  expect(listed?.projects.map(({ id }) => id)).toEqual(ids);
});

it("sorts by a column", async () => {
  const { projects: listed } = await projects.listProjects({ sortBy: { key: "identifier" } });
  expect(listed?.projects.map(({ id }) => id)).toEqual(["testproject", "flytesnacks"]);
});

it.each([
  ["state", "invalid filter format: state"],
  ["eq(state)", "invalid filter arguments: eq(state)"],
  ["eq(owner,me)", "invalid filter field: owner"],
  ["like(name,x)", "unsupported filter function: like"],
])("refuses %p", async (filters, message) => {
  await expect(projects.listProjects({ filters })).rejects.toThrow(`[invalid_argument] ${message}`);
});
