import { createClient, createRouterTransport } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ProjectService, ProjectState } from "@flyte-mcp/idl/project/project_service";
import type { ListProjectsRequest } from "@flyte-mcp/idl/project/project_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { project } from "./index.ts";

const sandbox = createSandbox({ execute: false });
const open = () => connectClient({ groups: [project], flyte: playFlyte(sandbox.routes) });
const DOMAINS = ["development", "production", "staging"];
const idsIn = ({ projects }: Record<string, unknown>) => (projects as { id: string }[]).map(({ id }) => id);

beforeAll(async () => {
  const projects = createClient(ProjectService, createRouterTransport(sandbox.routes));
  await projects.createProject({ project: { id: "old", name: "Old", state: ProjectState.ARCHIVED } });
});
afterAll(() => sandbox.close());

describe("list_projects", () => {
  it("lists the projects in use, oldest first, with their domains", async () => {
    const { answer } = await open();
    expect(await answer("list_projects")).toEqual({
      projects: [
        { id: "flytesnacks", name: "flytesnacks", state: "active", domains: DOMAINS },
        { id: "testproject", name: "testproject", state: "active", domains: DOMAINS },
      ],
    });
  });

  it("lists archived ones only when asked", async () => {
    const { answer } = await open();
    const all = await answer("list_projects", { include_archived: true });
    expect(idsIn(all)).toEqual(["flytesnacks", "testproject", "old"]);
    expect(all["projects"]).toContainEqual({ id: "old", name: "Old", state: "archived", domains: DOMAINS });
  });

  it("goes on where an earlier answer ended", async () => {
    const { answer } = await open();
    const first = await answer("list_projects", { limit: 1 });
    expect(idsIn(first)).toEqual(["flytesnacks"]);
    expect(idsIn(await answer("list_projects", { limit: 5, token: first["next_token"] }))).toEqual([
      "testproject",
    ]);
  });

  it("names the organization where one is known", async () => {
    const seen: ListProjectsRequest[] = [];
    const listProjects = (request: ListProjectsRequest) => {
      seen.push(request);
      return {};
    };
    const flyte = playFlyte(({ service }) => service(ProjectService, { listProjects }), { org: "acme" });
    const { answer } = await connectClient({ groups: [project], flyte });
    expect(await answer("list_projects")).toEqual({ projects: [] });
    expect(seen).toMatchObject([{ org: "acme", filters: "eq(state, 0)", sortBy: { key: "created_at" } }]);
  });

  it.each([
    [{ limit: 0 }, "limit: must be at least 1"],
    [{ limit: -1 }, "limit: must be at least 1"],
    [{ limit: 1e9 }, "limit: must be at most 500"],
    [{ token: "garbage" }, "The page token is none that Flyte gave."],
    [{ project: "flytesnacks" }, 'unknown argument "project"'],
  ])("refuses %j", async (args, message) => {
    const { failure } = await open();
    expect(await failure("list_projects", args)).toContain(message);
  });
});
