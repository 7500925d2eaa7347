import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import {
  Spec_DesiredState as DesiredState,
  Status_DeploymentStatus as Status,
} from "@flyte-mcp/idl/app/app_definition";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { createSandbox } from "../create.ts";
import type { Sandbox, SandboxOptions } from "../options.ts";

const PLACE = { project: "flytesnacks", domain: "development" };
const idOf = (name: string, project = PLACE.project) => ({ ...PLACE, project, name });
const payload = { case: "container", value: { image: "registry.example/app:1" } } as const;

const open: Sandbox[] = [];
afterEach(() => Promise.all(open.splice(0).map((sandbox) => sandbox.close())));

function start(options: SandboxOptions = {}) {
  const sandbox = createSandbox({ paceMs: 30, ...options });
  open.push(sandbox);
  return createClient(AppService, createRouterTransport(sandbox.routes));
}

type Apps = ReturnType<typeof start>;

const statusOf = (app: App | undefined) =>
  app?.status?.conditions.at(-1)?.deploymentStatus ?? Status.UNSPECIFIED;

async function readAll(apps: Apps) {
  const { apps: rows } = await apps.list({
    filterBy: { case: "project", value: { ...PLACE, name: PLACE.project } },
  });
  return rows.map((app) => [app.metadata?.id?.name, Status[statusOf(app)]]);
}

/** The first events of a watch: their kind, project and status. */
async function watchFirst(apps: Apps, name: string, count: number, meanwhile?: () => Promise<unknown>) {
  const seen: string[] = [];
  for await (const { event } of apps.watch({ target: { case: "appId", value: idOf(name) } })) {
    const app = event.case === "updateEvent" ? event.value.updatedApp : event.value?.app;
    seen.push(`${event.case} ${app?.metadata?.id?.project} ${Status[statusOf(app)]}`);
    if (seen.length === 1) await meanwhile?.();
    if (seen.length === count) break;
  }
  return seen;
}

const switchTo = async (apps: Apps, name: string, desiredState: DesiredState) => {
  const { app } = await apps.get({ identifier: { case: "appId", value: idOf(name) } });
  if (app?.spec) app.spec.desiredState = desiredState;
  return (await apps.update(app ? { app } : {})).app;
};

it("begins with an app that is active, one that is stopped and one that fails", async () => {
  expect(await readAll(start())).toEqual([
    ["dashboard", "ACTIVE"],
    ["forecast-fail", "FAILED"],
    ["labeling", "STOPPED"],
  ]);
  expect(await readAll(start({ history: false }))).toEqual([]);
});

it("shows the conditions from before until a start has been seen to, and pending ones while it is slow", async () => {
  const quick = start();
  const started = () => switchTo(quick, "labeling", DesiredState.ACTIVE);
  expect(await watchFirst(quick, "labeling", 3, started)).toEqual([
    "createEvent flytesnacks STOPPED",
    "updateEvent flytesnacks ACTIVE",
    "updateEvent flytesnacks ACTIVE",
  ]);
  const slow = start({ apps: { startMs: 60 } });
  expect(
    await watchFirst(slow, "labeling", 4, () => switchTo(slow, "labeling", DesiredState.ACTIVE)),
  ).toEqual([
    "createEvent flytesnacks STOPPED",
    "updateEvent flytesnacks ACTIVE",
    "updateEvent flytesnacks PENDING",
    "updateEvent flytesnacks ACTIVE",
  ]);
});

it("answers Get from a cache that other changes than its own do not reach", async () => {
  const apps = start();
  const app = { metadata: { id: idOf("fresh") }, spec: { appPayload: payload } };
  await apps.create({ app });
  const read = async () =>
    Status[statusOf((await apps.get({ identifier: { case: "appId", value: idOf("fresh") } })).app)];
  expect(await read()).toBe("UNSPECIFIED");
  expect(await watchFirst(apps, "fresh", 2)).toContain("updateEvent flytesnacks ACTIVE");
  expect(await read()).toBe("UNSPECIFIED");
});

it("tells a watcher of its namesake in another project, and of a delete", async () => {
  const apps = start();
  const app = { metadata: { id: idOf("dashboard", "testproject") }, spec: { appPayload: payload } };
  const seen = await watchFirst(apps, "dashboard", 4, async () => {
    await apps.create({ app });
    await apps.delete({ appId: idOf("dashboard") });
  });
  expect(seen).toEqual([
    "createEvent flytesnacks ACTIVE",
    "createEvent testproject UNSPECIFIED",
    "deleteEvent flytesnacks ACTIVE",
    "updateEvent testproject ACTIVE",
  ]);
});

it("makes the trouble that it is asked for", async () => {
  const torn = start({ apps: { conflicts: 1, watch: "ends" } });
  await expect(switchTo(torn, "dashboard", DesiredState.STOPPED)).rejects.toThrow("[aborted]");
  expect(statusOf(await switchTo(torn, "dashboard", DesiredState.STOPPED))).toBe(Status.STOPPED);
  expect(await watchFirst(torn, "dashboard", 5)).toEqual(["createEvent flytesnacks STOPPED"]);
  const missing = start({ apps: { watch: "missing" } });
  await expect(watchFirst(missing, "dashboard", 1)).rejects.toThrow("[unimplemented]");
});

it.each(["already_exists", "aborted"] as const)("is a hosted plane that answers %s", async (hosted) => {
  const apps = start({ apps: { hosted, unseen: 1, publicUrl: "https://apps.example" } });
  const metadata = { id: idOf("fresh"), labels: { team: "ml" } };
  const app = { metadata, spec: { appPayload: payload } };
  expect((await apps.create({ app })).app?.status?.ingress?.publicUrl).toBe("https://apps.example");
  await expect(apps.create({ app })).rejects.toThrow(`[${hosted}]`);
  const read = async () => (await apps.get({ identifier: { case: "appId", value: idOf("fresh") } })).app;
  await expect(read()).rejects.toThrow("[not_found]");
  const made = await read();
  expect(made?.metadata).toMatchObject({ revision: 1n, labels: { team: "ml" } });
  expect(made?.spec?.creator?.principal.case).toBe("user");
  await expect(apps.update({ app })).rejects.toThrow("[aborted]");
  if (made?.spec) made.spec.desiredState = DesiredState.STOPPED;
  await apps.update({ app: made });
  expect((await read())?.metadata?.revision).toBe(2n);
  const { apps: listed } = await apps.list({ filterBy: { case: "org", value: "acme" } });
  expect(listed).toHaveLength(4);
});

it("refuses what Flyte refuses, and pages by Kubernetes tokens", async () => {
  const apps = start();
  await expect(apps.create({})).rejects.toThrow("[invalid_argument] app identifier is required");
  const bare = { metadata: { id: idOf("bare") }, spec: {} };
  await expect(apps.create({ app: bare })).rejects.toThrow(
    "app spec must include a container or pod payload",
  );
  await expect(
    apps.update({ app: { ...bare, spec: { desiredState: DesiredState.STOPPED } } }),
  ).rejects.toThrow(
    '[not_found] KService bare-flytesnacks-development not found: services.serving.knative.dev "bare-flytesnacks-development" not found',
  );
  const first = await apps.list({ request: { limit: 2 } });
  const rest = await apps.list({ request: { limit: 2, token: first.token } });
  expect([first.apps.length, rest.apps.length, rest.token]).toEqual([2, 1, ""]);
  await expect(apps.list({ request: { token: "?" } })).rejects.toThrow("continue key is not valid");
});

it("keeps apps in its file and goes on with those that were starting", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "flyte-sandbox-")), "state.json");
  const first = start({ file, paceMs: 60_000 });
  await first.create({ app: { metadata: { id: idOf("fresh") }, spec: { appPayload: payload } } });
  await open.splice(0)[0]?.close();
  const second = start({ file });
  expect(await watchFirst(second, "fresh", 2)).toEqual([
    "createEvent flytesnacks UNSPECIFIED",
    "updateEvent flytesnacks ACTIVE",
  ]);
});

it("is not served by a plane that does not execute", async () => {
  await expect(start({ execute: false }).list({})).rejects.toThrow("[unimplemented]");
});
