import { createClient } from "@connectrpc/connect";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { choosePlanes } from "./plane.ts";
import type { Plane } from "./plane.ts";
import { openSession } from "./session.ts";
import type { Row, Session } from "./session.ts";

const planes = choosePlanes(process.env);
const suffix = Date.now().toString(36);
const trigger = { task_name: "seed.add", trigger_name: `contract-${suffix}` };

async function deployTrigger({ flyte, scope }: Plane): Promise<void> {
  const integer = { case: "integer", value: 40n } as const;
  const a = { case: "scalar", value: { value: { case: "primitive", value: { value: integer } } } } as const;
  await createClient(TriggerService, flyte.transport).deployTrigger({
    name: { ...scope, taskName: trigger.task_name, name: trigger.trigger_name },
    spec: {
      active: true,
      taskVersion: "v2",
      inputWrapper: { case: "inputs", value: { literals: [{ name: "a", value: { value: a } }] } },
    },
    automationSpec: {
      automation: {
        case: "schedule",
        value: { expression: { case: "cron", value: { expression: "0 3 * * *", timezone: "UTC" } } },
      },
    },
  });
}

describe.each(planes)("triggers, projects and identity on $title", (choice) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(choice);
    await deployTrigger(session.plane);
  });
  afterAll(() => session.close());

  it("list and describe a trigger in words", async () => {
    const { triggers } = await session.mcp.answer("list_triggers", { task_name: trigger.task_name });
    const row = (triggers as Row[]).find(({ name }) => name === trigger.trigger_name);
    expect(row).toMatchObject({ active: true, automation: "cron: 0 3 * * * (UTC)" });
    expect(await session.mcp.answer("get_trigger", trigger)).toMatchObject({ active: true });
  });

  it("switch it off and on, and never one that is not there", async () => {
    expect(await session.mcp.answer("deactivate_trigger", trigger)).toMatchObject({ active: false });
    expect(await session.mcp.answer("activate_trigger", trigger)).toMatchObject({ active: true });
    const missing = { ...trigger, trigger_name: `${trigger.trigger_name}x` };
    expect(await session.mcp.failure("activate_trigger", missing)).toContain("There is no trigger");
  });

  it("launch it now, with its inputs and with changed ones", async () => {
    const { name } = await session.mcp.answer("run_trigger", trigger);
    expect(await session.mcp.answer("get_run_io", { name })).toMatchObject({ inputs: { a: 40, b: 2 } });
    const changed = await session.mcp.answer("run_trigger", { ...trigger, inputs: { b: 5 } });
    expect(await session.mcp.answer("get_run_io", { name: changed["name"] })).toMatchObject({
      inputs: { a: 40, b: 5 },
    });
  });

  it("list projects, and describe one", async () => {
    const { project } = session.plane.scope;
    const { projects } = await session.mcp.answer("list_projects", { limit: 100 });
    expect((projects as Row[]).map(({ id }) => id)).toContain(project);
    expect(await session.mcp.answer("get_project", { name: project })).toMatchObject({ id: project });
    expect(await session.mcp.failure("get_project", { name: `${project}x` })).toContain(
      `There is no project "${project}x"`,
    );
  });

  it("say who we are, as far as the plane knows", async () => {
    expect(await session.mcp.answer("whoami")).toMatchObject({
      endpoint: session.plane.flyte.endpoint,
      project: session.plane.scope.project,
    });
  });
});

describe.each(planes.filter(({ executes }) => executes))("secrets on $title", (choice) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(choice);
  });
  afterAll(() => session.close());

  it("are made, listed without their values, refused a second time, and deleted once", async () => {
    const name = `contract-${suffix}`;
    const made = await session.mcp.answer("create_secret", { name, value: "canary-of-a-secret" });
    expect(made).toMatchObject({ name, created: true });
    expect(await session.mcp.failure("create_secret", { name, value: "other" })).toContain("already");
    const listed = await session.mcp.answer("list_secrets", { limit: 500 });
    expect((listed["secrets"] as Row[]).map((row) => row["name"])).toContain(name);
    expect(JSON.stringify([made, listed])).not.toContain("canary");
    expect(await session.mcp.answer("delete_secret", { name })).toMatchObject({ deleted: true });
    expect(await session.mcp.answer("delete_secret", { name })).toMatchObject({ deleted: false });
  });
});

describe.each(planes.filter(({ executes }) => executes))("apps on $title", (choice) => {
  const name = `contract-${suffix}`;
  let session: Session;
  beforeAll(async () => {
    session = await openSession(choice);
    const { flyte, scope } = session.plane;
    const container = {
      image: "registry.example/app:1",
      env: [{ key: "TOKEN", value: "canary-of-an-app" }],
      ports: [{ containerPort: 8080 }],
    };
    await createClient(AppService, flyte.transport).create({
      app: {
        metadata: { id: { ...scope, name } },
        spec: { appPayload: { case: "container", value: container } },
      },
    });
  });
  afterAll(async () => {
    const { flyte, scope } = session.plane;
    await createClient(AppService, flyte.transport).delete({ appId: { ...scope, name } });
    await session.close();
  });

  it("are listed, and described without what may be secret", async () => {
    const { apps } = await session.mcp.answer("list_apps", { limit: 500 });
    expect((apps as Row[]).map((row) => row["name"])).toContain(name);
    const described = await session.mcp.answer("get_app", { name });
    expect(described).toMatchObject({ name, project: session.plane.scope.project });
    expect(JSON.stringify(described)).toContain("registry.example/app:1");
    expect(JSON.stringify(described)).not.toContain("canary");
  });

  it("are asked to stop once", async () => {
    expect(await session.mcp.answer("deactivate_app", { name })).toMatchObject({ changed: true });
    expect(await session.mcp.answer("deactivate_app", { name, timeout_s: 0 })).toMatchObject({
      changed: false,
    });
  });

  it("are said not to be there when they are not", async () => {
    expect(await session.mcp.failure("get_app", { name: `${name}x` })).toContain(
      `There is no app "${name}x"`,
    );
  });
});

describe.each(planes.filter(({ executes }) => !executes))("what $title lacks", (choice) => {
  it("is named: no secrets, no apps", async () => {
    const session = await openSession(choice);
    const said = [await session.mcp.failure("list_secrets"), await session.mcp.failure("list_apps")];
    await session.close();
    expect(said[0]).toContain("This control plane has no secret service");
    expect(said[1]).toContain("This control plane has no app service");
  });
});
