import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHttp } from "./built-apps.ts";
import type { HttpServer } from "./built-apps.ts";
import { areInstalled, inspect, inspectorCall, mcporterCall, stdioServer } from "./client-programs.ts";
import { EVERYTHING } from "./every-type.ts";
import { walkMainJob, walkScriptJob } from "./journey.ts";

if (!areInstalled) {
  process.stderr.write(
    "SKIPPED: the Inspector and mcporter are not installed; `npx nx run @flyte-mcp/e2e:clients` does it\n",
  );
}
const described = areInstalled ? describe : describe.skip;
const LONG_MS = 180_000;

described("client programs", () => {
  let server: HttpServer;
  beforeAll(async () => (server = await startHttp(["--sandbox"])));
  afterAll(() => server.stop());

  it("finds nothing that clients could stumble over in the tool list", async () => {
    const { code, stderr } = await inspect(stdioServer("--sandbox"), ["--method", "tools/list", "--strict"]);
    expect(stderr).not.toMatch(/Warning|Error/);
    expect(code).toBe(0);
  });

  it("the Inspector reads a run as a resource and gets a prompt", async () => {
    const uri = "flyte://runs/flytesnacks/development/demo-fan-2";
    const run = await inspect({ url: server.url }, ["--method", "resources/read", "--uri", uri]);
    expect(run.stdout).toContain("inner cause");
    const named = ["--prompt-name", "diagnose_run", "--prompt-args", "name=demo-fan-2"];
    const prompt = await inspect({ url: server.url }, ["--method", "prompts/get", ...named]);
    expect(prompt.stdout).toContain("inner cause");
  });

  // Each call launches a server of its own; the file carries the sandbox from one to the next.
  const launched = () => {
    const folder = mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-"));
    return stdioServer("--sandbox", "--sandbox-file", join(folder, "sandbox.json"));
  };

  it("the Inspector does the main job over stdio", () => walkMainJob(inspectorCall(launched())), LONG_MS);

  it("the Inspector sends a value of every type", async () => {
    const call = inspectorCall({ url: server.url });
    const { name } = await call("run_task", { name: "seed.everything", inputs: EVERYTHING });
    await call("wait_for_run", { name });
    expect(await call("get_run_io", { name })).toMatchObject({
      phase: "succeeded",
      inputs: { i: "9007199254740993", mode: "SLOW", params: { lr: 0.5, epochs: 3 }, either: "text" },
      outputs: { o0: { a: 1.5, b: -2 } },
    });
  });

  it("mcporter does the main job over stdio", () => walkMainJob(mcporterCall(launched())), LONG_MS);

  it(
    "the Inspector does the main job over HTTP",
    () => walkMainJob(inspectorCall({ url: server.url })),
    LONG_MS,
  );

  it(
    "the Inspector writes a script, builds its image, runs it and reads its output",
    () => walkScriptJob(inspectorCall({ url: server.url })),
    LONG_MS,
  );

  it("mcporter does the main job over HTTP", () => walkMainJob(mcporterCall({ url: server.url })), LONG_MS);
});
