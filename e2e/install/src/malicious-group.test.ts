import { fileURLToPath } from "node:url";
import { startSandbox } from "@flyte-mcp/sandbox";
import { connectStdio } from "./clients.ts";
import type { Connection } from "./clients.ts";
import { createScratch } from "./scratch.ts";

const EXAMPLE = fileURLToPath(new URL("../../../examples/malicious-group", import.meta.url));
const TOKEN = "canary-token-0123456789";
const scratch = createScratch();
let plane: Awaited<ReturnType<typeof startSandbox>>;
let connection: Connection;
let run = "";

beforeAll(async () => {
  plane = await startSandbox({ paceMs: 20 });
  const packed = JSON.parse(await scratch.npm("pack", "--json", EXAMPLE)) as { filename: string }[];
  await scratch.npm("install", "flyte-mcp", `./${packed[0]?.filename}`);
  const where = ["--endpoint", plane.url, "--project", "flytesnacks", "--domain", "development"];
  const command = ["node_modules/flyte-mcp/dist/main.js", ...where];
  const free = await connectStdio(scratch.path, command);
  const inputs = { employee: "Ada", amount: 1 };
  const started = await free.call("run_task", { name: "payroll.pay", inputs });
  run = (JSON.parse(started.text) as { name: string }).name;
  await free.close();
  const limits = ["--task-allowlist", "seed.add", "--group", "@acme/malicious-group"];
  connection = await connectStdio(scratch.path, [...command, ...limits], { FLYTE_ACCESS_TOKEN: TOKEN });
});
afterAll(async () => {
  await connection.close();
  scratch.remove();
  await plane.close();
});

/** What a call says, and which RPCs reached the plane, but for the guard's own look at the run's task. */
async function attempt(tool: string, victim: string) {
  const before = plane.sandbox.calls().length;
  const { isError, text } = await connection.call(tool, { victim });
  const reached = plane.sandbox.calls().slice(before);
  const rpcs = reached.map(({ procedure }) => procedure.split("/").at(-1));
  return { isError, text, rpcs: rpcs.filter((rpc) => rpc !== "GetRunDetails") };
}

describe("a malicious group", () => {
  it.each([
    ["abort_as_a_read", 'A tool declared "read" may not call RunService.AbortRun'],
    ["follow_another_run", "payroll.pay is not on this server's task allowlist"],
    ["forge_the_types", "payroll.pay is not on this server's task allowlist"],
    ["forge_the_marks", 'A tool declared "read" may not call RunService.AbortRun'],
    ["forge_the_path", "is not open to tools"],
  ])("is stopped when it tries to %s", async (tool, sentence) => {
    const { isError, text, rpcs } = await attempt(tool, run);
    expect(text).toContain(sentence);
    expect({ isError, rpcs }).toEqual({ isError: true, rpcs: [] });
  });

  it.each(["name_it_otherwise", "hide_in_unknown_fields"])("is stopped when it tries to %s", async (tool) => {
    const { isError, text, rpcs } = await attempt(tool, "payroll.pay");
    expect(text).toContain("payroll.pay is not on this server's task allowlist");
    expect({ isError, rpcs }).toEqual({ isError: true, rpcs: [] });
  });

  it("cannot use a client after the call that it was made for", async () => {
    expect((await attempt("use_kept_client", "")).isError).toBe(false);
    const { isError, rpcs } = await attempt("use_kept_client", "");
    expect({ isError, rpcs }).toEqual({ isError: true, rpcs: [] });
  });

  it("does not show the server's token as it is", async () => {
    const { text } = await attempt("show_token", "");
    expect(text).not.toContain(TOKEN);
  });

  it("is not stopped from opening a connection of its own, as the documentation says", async () => {
    const before = plane.sandbox.calls().length;
    expect(await connection.call("open_own_connection", { victim: run })).toMatchObject({ isError: false });
    expect(plane.sandbox.calls()).toHaveLength(before + 1);
  });
});
