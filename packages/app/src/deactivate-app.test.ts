import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { createSandbox } from "@flyte-mcp/sandbox";
import type { SandboxOptions } from "@flyte-mcp/sandbox";
import { app } from "./index.ts";

/** A client of a sandbox of its own, and how often the sandbox was asked to change an app. */
async function open(options: SandboxOptions = {}, policy = {}) {
  const sandbox = createSandbox({ paceMs: 30, ...options });
  const client = await connectClient({ groups: [app], flyte: playFlyte(sandbox.routes), policy });
  const updates = () => sandbox.calls().filter(({ procedure }) => procedure.endsWith("/Update")).length;
  return { ...client, updates, sandbox };
}

describe("deactivate_app", () => {
  it("stops an app, and says whom that hits", async () => {
    const { answer } = await open();
    const said = await answer("deactivate_app", { name: "dashboard" });
    expect(said).toEqual({
      name: "dashboard",
      project: "flytesnacks",
      domain: "development",
      status: "stopped",
      message: "App scaled to zero",
      status_since: expect.any(String),
      desired_state: "stopped",
      url: "http://console.test/v2/domain/development/project/flytesnacks/apps/dashboard",
      changed: true,
      note:
        "It was served at http://dashboard-flytesnacks-development.localhost:30081; calls to it fail from now on. " +
        "activate_app starts it again.",
    });
    expect(await answer("get_app", { name: "dashboard" })).toMatchObject({ status: "stopped" });
  });

  it("looks first, and changes nothing of one that is stopped", async () => {
    const { answer, updates } = await open();
    expect(await answer("deactivate_app", { name: "labeling" })).toMatchObject({
      status: "stopped",
      changed: false,
      note: "Nothing was changed: it was stopped or stopping already.",
    });
    expect(updates()).toBe(0);
  });

  it("stops one that fails, which served nobody", async () => {
    const { answer } = await open();
    expect(await answer("deactivate_app", { name: "forecast-fail" })).toMatchObject({
      status: "stopped",
      note: "Its status was failed: it served nobody. activate_app starts it again.",
    });
  });

  it("reads again after a conflict, three times at most", async () => {
    const often = await open({ apps: { conflicts: 3 } });
    expect(await often.answer("deactivate_app", { name: "dashboard" })).toMatchObject({ changed: true });
    expect(often.updates()).toBe(4);
    const always = await open({ apps: { conflicts: 9 } });
    expect(await always.failure("deactivate_app", { name: "dashboard" })).toBe(
      'App "dashboard" was changed by somebody else each time that this was tried; it was left as it is. ' +
        "Look at it with get_app before trying again. It may work when tried again. [aborted]",
    );
    expect(always.updates()).toBe(4);
  });

  it("names an app that is not there", async () => {
    const { failure, updates } = await open();
    expect(await failure("deactivate_app", { name: "labelling" })).toContain('Did you mean "labeling"?');
    expect(updates()).toBe(0);
  });

  it("does not exist on a read-only server, and touches nothing that is off the list", async () => {
    const readOnly = await open({}, { readOnly: true });
    const { tools } = await readOnly.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["list_apps", "get_app"]);
    const listed = await open({}, { apps: ["labeling"] });
    expect(await listed.failure("deactivate_app", { name: "dashboard" })).toContain("app allowlist");
    expect(listed.sandbox.calls()).toEqual([]);
  });

  it("is declared destructive and idempotent, its counterpart only idempotent", async () => {
    const { client } = await open();
    const { tools } = await client.listTools();
    const hints = tools.map(({ name, annotations }) => [
      name,
      annotations?.readOnlyHint,
      annotations?.destructiveHint,
      annotations?.idempotentHint,
    ]);
    expect(hints).toEqual([
      ["list_apps", true, false, true],
      ["get_app", true, false, true],
      ["activate_app", false, false, true],
      ["deactivate_app", false, true, true],
    ]);
    const sizes = tools.map((tool) => JSON.stringify([tool.name, tool.description, tool.inputSchema]).length);
    expect(Math.max(...sizes)).toBeLessThan(900);
  });
});
