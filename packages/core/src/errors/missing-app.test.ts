import { Code, ConnectError } from "@connectrpc/connect";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { ToolContext } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const place = { project: "flytesnacks", domain: "development" };

// In the words of a recorded conversation with a real control plane.
function missing(): never {
  throw new ConnectError('KService x not found: services.serving.knative.dev "x" not found', Code.NotFound);
}

/** What a call is told by a Flyte that knows two apps. */
async function toldOf(call: (context: ToolContext) => Promise<unknown>, policy = {}) {
  const tool = defineTool({
    name: "probe",
    title: "Probe",
    description: "Calls Flyte.",
    effect: "write",
    input: z.object({}),
    output: z.object({}),
    async run(_input, context) {
      await call(context);
      return {};
    },
  });
  const projects = [{ id: "flytesnacks", domains: [{ id: "development" }] }];
  const apps = ["shop", "bank"].map((name) => ({ metadata: { id: { ...place, name } } }));
  const flyte = playFlyte(({ service }) => {
    service(ProjectService, { listProjects: () => ({ projects: { projects } }) });
    service(AppService, { get: missing, update: missing, list: () => ({ apps }) });
  });
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  return (await connectClient({ groups, flyte, policy })).failure("probe");
}

const getApp =
  (name: string, where = place) =>
  ({ flyte }: ToolContext) =>
    flyte(AppService).get({ identifier: { case: "appId", value: { ...where, name } } });

const HINT = "Call list_apps to see what exists. [not_found]";

describe("an app that was not found", () => {
  it.each([
    ["get", getApp("shopp")],
    [
      "update",
      ({ flyte }: ToolContext) =>
        flyte(AppService).update({ app: { metadata: { id: { ...place, name: "shopp" } } } }),
    ],
  ])("is named with what is near: %s", async (_rpc, call) => {
    expect(await toldOf(call)).toBe(
      `There is no app "shopp" in flytesnacks/development. Did you mean "shop"? ${HINT}`,
    );
  });

  it("is offered no name that the policy hides", async () => {
    expect(await toldOf(getApp("bonk"), { apps: ["bonk", "shop"] })).toBe(
      `There is no app "bonk" in flytesnacks/development. ${HINT}`,
    );
  });

  it("may lack its project or domain", async () => {
    expect(await toldOf(getApp("shop", { ...place, domain: "prod" }))).toContain(
      'Project "flytesnacks" has no domain "prod".',
    );
  });
});
