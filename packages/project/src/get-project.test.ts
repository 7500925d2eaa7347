import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ProjectService, ProjectState } from "@flyte-mcp/idl/project/project_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { project } from "./index.ts";

const sandbox = createSandbox({ execute: false });
afterAll(() => sandbox.close());
const open = () => connectClient({ groups: [project], flyte: playFlyte(sandbox.routes) });

describe("get_project", () => {
  // As a recorded conversation with a real control plane has it.
  it("describes a project with its labels, an archived one too", async () => {
    const recording = {
      ...{ id: "recording", name: "Recording", description: "made for recordings" },
      domains: [{ id: "development", name: "Development" }],
      labels: { values: { team: "a" } },
      state: ProjectState.ARCHIVED,
    };
    const getProject = () => ({ project: recording });
    const flyte = playFlyte(({ service }) => service(ProjectService, { getProject }));
    const { answer } = await connectClient({ groups: [project], flyte });
    expect(await answer("get_project", { name: "recording" })).toEqual({
      id: "recording",
      name: "Recording",
      description: "made for recordings",
      state: "archived",
      domains: ["development"],
      labels: { team: "a" },
    });
  });

  it("describes one of the sandbox", async () => {
    const { answer } = await open();
    expect(await answer("get_project", { name: "testproject" })).toMatchObject({
      state: "active",
      labels: {},
    });
  });

  it("names near projects for one that is not there", async () => {
    const { failure } = await open();
    expect(await failure("get_project", { name: "flytesnack" })).toBe(
      'There is no project "flytesnack". Did you mean "flytesnacks"? Projects: flytesnacks, testproject. [not_found]',
    );
  });

  it.each([
    [{}, "name"],
    [{ name: "" }, "name"],
    [{ project_id: "testproject" }, 'Did you mean "name"?'],
  ])("refuses %j", async (args, message) => {
    const { failure } = await open();
    expect(await failure("get_project", args)).toContain(message);
  });
});
