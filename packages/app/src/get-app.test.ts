import { fromJson } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { AppSchema } from "@flyte-mcp/idl/app/app_definition";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { app } from "./index.ts";

const CONSOLE = "http://console.test/v2/domain/development/project/flytesnacks/apps";

const open = (policy = {}) =>
  connectClient({ groups: [app], flyte: playFlyte(createSandbox().routes), policy });

/** A plane with one app, given as Flyte writes it. */
function play(json: object) {
  const found = fromJson(AppSchema, JSON.parse(JSON.stringify(json)));
  const routes = { get: () => ({ app: found }) };
  return connectClient({ groups: [app], flyte: playFlyte(({ service }) => service(AppService, routes)) });
}

const id = { project: "flytesnacks", domain: "development", name: "shop" };

describe("get_app", () => {
  it("answers how an app is and what it runs, its environment masked", async () => {
    const { answer } = await open();
    expect(await answer("get_app", { name: "dashboard" })).toEqual({
      name: "dashboard",
      project: "flytesnacks",
      domain: "development",
      status: "active",
      message: "Routes are ready",
      status_since: expect.stringMatching(/^\d{4}-.*Z$/),
      desired_state: "active",
      endpoint: "http://dashboard-flytesnacks-development.localhost:30081",
      url: `${CONSOLE}/dashboard`,
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      spec: {
        type: "FastAPI",
        description: "Sales of the day.",
        image: "registry.example/dashboard:1",
        args: ["serve", "--port", "8080"],
        ports: [8080],
        env: { LOG_LEVEL: "***", DATABASE_PASSWORD: "***" },
        resources: { cpu: "1", memory: "512Mi" },
        replicas: { min: 0, max: 1 },
        links: [{ title: "API", path: "/docs" }],
      },
    });
  });

  it("shows environment values when asked, but never what looks like a secret", async () => {
    const { answer } = await open();
    expect(await answer("get_app", { name: "dashboard", include_env: true })).toMatchObject({
      spec: { env: { LOG_LEVEL: "info", DATABASE_PASSWORD: "***" } },
    });
  });

  it("says why an app failed, and that a stopped one has no address", async () => {
    const { answer } = await open();
    expect(await answer("get_app", { name: "forecast-fail" })).toMatchObject({
      status: "failed",
      message: "RevisionFailed: container exited 1",
    });
    const stopped = await answer("get_app", { name: "labeling" });
    expect(stopped).toMatchObject({ status: "stopped", desired_state: "stopped" });
    expect(stopped).not.toHaveProperty("endpoint");
  });

  it("lets no secret out of a container, a pod, inputs or messages", async () => {
    const container = {
      image: "a:1",
      command: ["run", "--api-key", "canary-1", "TOKEN=canary-2"],
      args: ["--password=canary-3", "postgres://me:canary-4@db/x", "--name", "shop"],
      env: [
        { key: "API_TOKEN", value: "canary-5" },
        { key: "DB", value: "postgres://me:canary-6@db/x" },
      ],
    };
    const pod = {
      podSpec: {
        containers: [{ name: "a", env: [{ name: "AUTH", value: "canary-7" }], args: ["--pwd=canary-8"] }],
      },
    };
    const inputs = {
      items: [
        { name: "secret", stringValue: "canary-9" },
        { name: "next", appId: id },
      ],
    };
    const status = { conditions: [{ message: "Bearer canary-10-abcdefgh refused" }] };
    for (const payload of [{ container }, { pod }]) {
      const { answer } = await play({ metadata: { id }, spec: { ...payload, inputs }, status });
      for (const include_env of [true, false]) {
        const said = await answer("get_app", { name: "shop", include_env });
        expect(JSON.stringify(said)).not.toContain("canary");
        expect(said).toMatchObject({ spec: { inputs: { secret: "***", next: "app shop" } } });
      }
    }
  });

  it("offers near names for an app that is not there", async () => {
    const { failure } = await open();
    expect(await failure("get_app", { name: "dashbord" })).toBe(
      'There is no app "dashbord" in flytesnacks/development. Did you mean "dashboard"? Call list_apps to see what exists. [not_found]',
    );
    expect(await failure("get_app", { name: "dashboard", project: "nope" })).toContain(
      'There is no project "nope".',
    );
  });

  it("refuses an app off the list", async () => {
    const { failure } = await open({ apps: ["labeling"] });
    expect(await failure("get_app", { name: "dashboard" })).toContain("app allowlist");
  });

  it.each(["list_apps", "get_app", "activate_app", "deactivate_app"])(
    "says of a plane without the service that it has none: %s",
    async (tool) => {
      const routes = [
        createSandbox({ execute: false }).routes,
        ({ service }: Parameters<Parameters<typeof playFlyte>[0]>[0]) => {
          const missing = () => Promise.reject(new ConnectError("HTTP 404", Code.Unimplemented));
          service(AppService, { get: missing, list: missing });
        },
      ];
      for (const each of routes) {
        const { failure } = await connectClient({ groups: [app], flyte: playFlyte(each) });
        const args = tool === "list_apps" ? {} : { name: "shop" };
        expect(await failure(tool, args)).toMatch(
          /^This control plane has no app service\. .*\[unimplemented\]$/,
        );
      }
    },
  );
});
