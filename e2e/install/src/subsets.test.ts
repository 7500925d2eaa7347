import { createScratch } from "./scratch.ts";

const script = (body: string) => ["--input-type=module", "--eval", `console.log(${body})`];
const isOurs = (name: string) => /^(@flyte-mcp\/|flyte-mcp)/.test(name);

describe("what is installed", () => {
  it.each<[string, string[], string]>([
    ["@flyte-mcp/idl", [], "(await import('@flyte-mcp/idl/task/task_service')).TaskService.typeName"],
    ["@flyte-mcp/literals", ["idl"], "typeof Object.values(await import('@flyte-mcp/literals'))[0]"],
    ["@flyte-mcp/sandbox", ["idl"], "typeof (await import('@flyte-mcp/sandbox')).createSandbox"],
    ["@flyte-mcp/core", ["idl"], "typeof (await import('@flyte-mcp/core')).createServer"],
    [
      "@flyte-mcp/run",
      ["core", "idl", "launch", "literals", "observe"],
      "(await import('@flyte-mcp/run')).run.name",
    ],
  ])("for %s is what it needs, and it runs", async (name, needs, body) => {
    const scratch = createScratch();
    await scratch.npm("install", name);
    const expected = [name, ...needs.map((need) => `@flyte-mcp/${need}`)];
    expect(scratch.installed().filter(isOurs).sort()).toEqual(expected.sort());
    const { code, stdout, stderr } = await scratch.node(script(body));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trim()).not.toBe("");
    scratch.remove();
  });

  it("for a command is the command alone", async () => {
    const scratch = createScratch();
    await scratch.npm("install", "flyte-mcp", "flyte-mcp-http");
    expect(scratch.installed().sort()).toEqual(["flyte-mcp", "flyte-mcp-http"]);
    for (const name of ["flyte-mcp", "flyte-mcp-http"]) {
      const { code, stdout } = await scratch.node([`node_modules/${name}/dist/main.js`, "--version"]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: "0.1.0\n" });
    }
    scratch.remove();
  });
});
