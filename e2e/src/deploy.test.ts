import { Spec_DesiredState as DesiredState } from "@flyte-mcp/idl/app/app_definition";
import { startHttp } from "./built-apps.ts";
import type { HttpServer } from "./built-apps.ts";
import { containerOf, IMAGE, openPlane } from "./deploy-plane.ts";
import type { DeployPlane } from "./deploy-plane.ts";

// Most of these planes have no login, so that it has to be said that anybody may call.
const image = ["--image", IMAGE, "--anyone-may-call"];

let app: HttpServer;
let publicUrl: string;
const open: DeployPlane[] = [];
beforeAll(async () => {
  app = await startHttp([]);
  publicUrl = new URL(app.url).origin;
});
afterAll(() => app.stop());
afterEach(() => Promise.all(open.splice(0).map((plane) => plane.close())));

async function start(...given: Parameters<typeof openPlane>) {
  const [apps, more] = given;
  const plane = await openPlane({ publicUrl, ...apps }, more);
  open.push(plane);
  return plane;
}

const answerTo = () => ["--allowed-hosts", "127.0.0.1", "--public-url", publicUrl];

it("creates the app, lets it answer to its address, waits for it and says how to connect", async () => {
  const plane = await start();
  const { code, stdout, stderr } = await plane.deploy([
    ...image,
    ...["--env", "WORDS=a,b=c", "--env=MORE=", "--env", "FLYTE_ENDPOINT=dns:///flyte.example.com"],
    ...["--secret", "flyte-key:FLYTE_API_KEY", "--secret", "my-dsn", "--service-account", "mcp"],
    ...["--max-replicas", "3", "--cpu", "500m", "--memory", "1Gi", "--container-port", "8081"],
    ...["--", "--tools", "get_run,run_task"],
  ]);
  expect(stderr).toContain("The app flytesnacks/development/flyte-mcp is created.");
  expect(stderr).toContain("The app is active.");
  expect(stderr).toContain(`The app answers at ${publicUrl}`);
  expect(code).toBe(0);
  const endpoint = `${publicUrl}/flyte-mcp/mcp`;
  expect(stdout).toContain(`MCP endpoint: ${endpoint}\n`);
  expect(stdout).toContain(
    `Console:      ${plane.url}/v2/domain/development/project/flytesnacks/apps/flyte-mcp\n`,
  );
  expect(stdout).toContain(`claude mcp add --transport http flyte ${endpoint}`);
  expect(stdout).toContain(`"url": "${endpoint}"`);
  expect(stdout).toContain("flyte proxy app flyte-mcp --emit-mcp-config");
  const found = await plane.read();
  expect(containerOf(found)).toEqual({
    image: IMAGE,
    command: [],
    args: ["--host", "0.0.0.0", "--port", "8081", ...answerTo(), "--tools", "get_run,run_task"],
    env: {
      FLYTE_ENDPOINT: "dns:///flyte.example.com",
      FLYTE_PROJECT: "flytesnacks",
      FLYTE_DOMAIN: "development",
      WORDS: "a,b=c",
      MORE: "",
    },
    ports: [8081],
  });
  expect(found?.spec).toMatchObject({
    autoscaling: { replicas: { min: 0, max: 3 }, scalingMetric: { metric: { case: "concurrency" } } },
    clusterPool: "default",
    desiredState: DesiredState.ACTIVE,
    links: [
      { path: "/flyte-mcp/mcp", title: "MCP Endpoint", isRelative: true },
      { path: "/health", title: "Health", isRelative: true },
    ],
    profile: { type: "FlyteMCPApp" },
    runtimeMetadata: { flavor: "node" },
    securityContext: {
      allowAnonymous: false,
      runAs: { k8sServiceAccount: "mcp" },
      secrets: [
        { key: "flyte-key", envVar: "FLYTE_API_KEY", mountRequirement: 1 },
        { key: "my-dsn", envVar: "MY_DSN", mountRequirement: 1 },
      ],
    },
    timeouts: { requestTimeout: { seconds: 900n } },
  });
});

it("makes an app whose server starts as it was told to", async () => {
  const plane = await start();
  await plane.deploy([...image, "--name", "told", "--", "--read-only", "--mount-path", "/mine"]);
  const { args, env } = containerOf(await plane.read("told"));
  // The image starts the server with these; only the port must be another one on this machine.
  const server = await startHttp([...args.slice(0, 2), ...args.slice(4)], env);
  const answer = await fetch(`${server.url.replace("0.0.0.0", "127.0.0.1")}/health`.replace("/mine/mcp", ""));
  await server.stop();
  expect(await answer.json()).toEqual({ status: "healthy" });
  expect(server.url).toContain("/mine/mcp");
});

it("answers to the addresses that are given for it as well", async () => {
  const plane = await start();
  const own = ["--public-url", "https://mcp.example.com/a", "--allowed-hosts", "inside.example"];
  const { code, stdout } = await plane.deploy([...image, "--", ...own]);
  expect(stdout).toContain("MCP endpoint: https://mcp.example.com/a/flyte-mcp/mcp\n");
  expect(code).toBe(0);
  const { args } = containerOf(await plane.read());
  expect(args.slice(4)).toEqual(["--allowed-hosts", "inside.example,mcp.example.com,127.0.0.1", ...own]);
});

it("changes nothing of an app that is as asked, whatever the order of names", async () => {
  const plane = await start();
  const env = [
    ["--env", "A=1"],
    ["--env", "B=2"],
  ];
  await plane.deploy([...image, ...env.flat(), "--", "--read-only"]);
  const sent = plane.count("Update");
  const { code, stderr, stdout } = await plane.deploy([
    ...image,
    ...env.reverse().flat(),
    "--",
    "--read-only",
  ]);
  expect(stderr).toContain("is there already: no change.");
  expect([plane.count("Create"), plane.count("Update"), code]).toEqual([1, sent, 0]);
  expect(stdout).toContain("MCP endpoint");
});

it("changes an app by one update that keeps its addresses", async () => {
  const plane = await start();
  await plane.deploy([...image, "--", "--read-only"]);
  const sent = plane.count("Update");
  const { code, stderr } = await plane.deploy(["--image", `${IMAGE}-next`, "--", "--read-only"]);
  expect(stderr).toContain("flyte-mcp is changed.");
  expect([plane.count("Create"), plane.count("Update") - sent, code]).toEqual([1, 1, 0]);
  const { image: now, args } = containerOf(await plane.read());
  expect(now).toBe(`${IMAGE}-next`);
  expect(args.slice(4)).toEqual([...answerTo(), "--read-only"]);
});

it("starts an app that is stopped", async () => {
  const plane = await start();
  await plane.deploy([...image, "--", "--read-only"]);
  const stopped = await plane.read();
  if (stopped?.spec) stopped.spec.desiredState = DesiredState.STOPPED;
  await plane.service.update({ app: stopped });
  const { code, stderr } = await plane.deploy([...image, "--", "--read-only"]);
  expect(stderr).toContain("The app is active.");
  expect(code).toBe(0);
  const found = await plane.read();
  expect(found?.spec?.desiredState).toBe(DesiredState.ACTIVE);
  expect(containerOf(found).args.slice(4)).toEqual([...answerTo(), "--read-only"]);
});

it.each(["already_exists", "aborted"] as const)(
  "changes an app of a hosted plane that answers %s, and keeps what is not its own",
  async (hosted) => {
    const plane = await start({ hosted });
    const id = plane.named();
    const value = { image: "registry.example/other:1", args: ["old"] };
    const appPayload = { case: "container", value } as const;
    const labels = { team: "ml" };
    const autoscaling = { scaledownPeriod: { seconds: 60n } };
    const spec = { appPayload, autoscaling, cluster: "pinned" };
    await plane.service.create({ app: { metadata: { id, labels }, spec } });
    const strange = { no: 999, wireType: 0 as const, data: new Uint8Array([7]) };
    const before = await plane.read();
    if (before?.spec) before.spec.$unknown = [strange];
    await plane.service.update({ app: before });
    const { code, stderr } = await plane.deploy([...image, "--", "--read-only"]);
    expect(stderr).toContain("flyte-mcp is changed.");
    expect(code).toBe(0);
    const found = await plane.read();
    expect(containerOf(found).image).toBe(IMAGE);
    expect(found?.metadata?.labels).toEqual(labels);
    expect(found?.spec?.$unknown).toMatchObject([{ no: 999 }]);
    expect([found?.spec?.cluster, found?.spec?.clusterPool]).toEqual(["pinned", ""]);
    expect(found?.spec?.autoscaling).toMatchObject({ replicas: { max: 1 }, ...autoscaling });
    expect(found?.spec?.creator?.principal.case).toBe("user");
  },
);

it("meets an app that turned up meanwhile, and changes by others", async () => {
  const plane = await start({ hosted: "already_exists", unseen: 1 });
  const appPayload = { case: "container", value: { image: "registry.example/other:1" } } as const;
  await plane.service.create({ app: { metadata: { id: plane.named() }, spec: { appPayload } } });
  const { code, stderr } = await plane.deploy([...image, "--", "--read-only"]);
  expect(stderr).toContain("flyte-mcp is changed.");
  expect([code, plane.count("Create")]).toEqual([0, 2]);
  const often = await start({ hosted: "already_exists", conflicts: 2 });
  expect(await often.deploy([...image, "--", "--read-only"])).toMatchObject({ code: 0 });
  const always = await start({ hosted: "already_exists", conflicts: 9 });
  const failed = await always.deploy([...image, "--", "--read-only"]);
  expect(failed.stderr).toContain("was changed by somebody else each time");
  expect([failed.code, always.count("Update")]).toEqual([1, 3]);
});

it("prints the request and sends nothing that writes when it is only tried", async () => {
  const plane = await start();
  const first = await plane.deploy([
    ...image,
    "--dry-run",
    "--subdomain",
    "{name}-{hash}",
    "--",
    "--read-only",
  ]);
  const { app: asked } = JSON.parse(first.stdout) as { app: { spec: Record<string, unknown> } };
  // The first 8 hex digits of the SHA-256 of flytesnacks-development.
  expect(asked.spec["ingress"]).toEqual({ subdomain: "flyte-mcp-9414320e" });
  expect(asked.spec).toMatchObject({ desiredState: "DESIRED_STATE_ACTIVE", container: { image: IMAGE } });
  expect([first.code, plane.count("Create"), plane.count("Update")]).toEqual([0, 0, 0]);
  await plane.deploy([...image, "--", "--read-only"]);
  const sent = plane.count("Update");
  const again = await plane.deploy([...image, "--dry-run", "--", "--read-only"]);
  expect(again.stderr).toContain("this would be no change");
  expect(JSON.parse(again.stdout)).toHaveProperty("app.status");
  const other = await plane.deploy(["--image", "other:1", "--dry-run", "--", "--read-only"]);
  expect(other.stderr).toContain("this would change the app");
  expect([plane.count("Create"), plane.count("Update")]).toEqual([1, sent]);
});

it("ends before the app is active when it need not wait", async () => {
  const plane = await start({ startMs: 60_000 });
  const { code, stdout, stderr } = await plane.deploy([...image, "--no-wait", "--", "--read-only"]);
  expect(stdout).toContain(`MCP endpoint: ${publicUrl}/flyte-mcp/mcp`);
  expect(stderr).not.toContain("answers at");
  expect(code).toBe(0);
});

it("prints help made of its settings", async () => {
  const plane = await start();
  const { code, stdout } = await plane.deploy(["--help"]);
  expect(stdout).toContain("Usage: flyte-mcp-http deploy [OPTIONS]");
  expect(stdout).toContain("--secret KEY[:ENV]");
  expect(code).toBe(0);
});
