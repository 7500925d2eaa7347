import { mkdtempSync, readFileSync, renameSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { HTTP, runToEnd, startHttp } from "../built-apps.ts";
import { post, withToken } from "../http-security/post.ts";
import { readRecords, until } from "./records.ts";

const SECRET = "canary-shared-secret-1";
const place = () => join(mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-")), "audit.log");

const call = (url: string, name: string, args: object) =>
  post(
    url,
    { ...withToken(SECRET), "x-request-id": `of-${name}` },
    {
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name, arguments: args },
    },
  );

const start = (args: readonly string[]) =>
  startHttp(["--sandbox", "--auth", "shared-secret", ...args], { FLYTE_MCP_SHARED_SECRET: SECRET });

it("records who did what to what and what came of it, and nothing of what only reads", async () => {
  const file = place();
  const server = await start(["--audit-log", file, "--task-allowlist", "seed.add,seed.slow"]);
  await call(server.url, "list_tasks", {});
  await call(server.url, "run_task", { name: "seed.slow", inputs: { seconds: 600 } });
  await call(server.url, "run_task", { name: "seed.everything", inputs: {} });
  const [launched] = readRecords(readFileSync(file, "utf8"));
  const run = (launched?.["targets"] as string[])
    .find((each) => each.startsWith("run "))
    ?.split("/")
    .at(-1);
  await call(server.url, "abort_run", { name: run, reason: "canary-argument" });
  await call(server.url, "create_or_update_secret", { name: "token", value: "canary-value" });
  await server.stop();

  const records = readRecords(readFileSync(file, "utf8"));
  const of = (tool: string) => records.filter((record) => record["tool"] === tool);
  const who = { kind: "audit", caller: expect.stringMatching(/^shared-secret:/), address: "127.0.0.1" };
  expect(launched).toMatchObject({
    ...who,
    tool: "run_task",
    effect: "write",
    outcome: "ok",
    request_id: "of-run_task",
  });
  expect(launched?.["targets"]).toEqual(
    expect.arrayContaining([
      "task flytesnacks/development/seed.slow/v2",
      `run flytesnacks/development/${run}`,
    ]),
  );
  expect(of("run_task")[1]).toMatchObject({
    outcome: "refused",
    code: "permission_denied",
    message: expect.stringContaining("seed.everything is not on this server's task allowlist"),
    rpcs: [],
  });
  expect(of("abort_run")).toEqual([
    expect.objectContaining({
      effect: "destructive",
      outcome: "ok",
      targets: [`run flytesnacks/development/${run}`],
      rpcs: ["flyteidl2.workflow.RunService/AbortRun ok"],
    }),
  ]);
  expect(of("list_tasks")).toEqual([]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8") + server.stderr()).not.toContain("canary");
});

it("goes on in a new file after the old one was moved away", async () => {
  const file = place();
  const server = await start(["--audit-log", file]);
  await call(server.url, "abort_run", { name: "r-first" });
  renameSync(file, `${file}.1`);
  server.signal("SIGHUP");
  await until(() => (exists(file) ? true : undefined));
  await call(server.url, "abort_run", { name: "r-second" });
  await server.stop();
  const runs = (path: string) => readRecords(readFileSync(path, "utf8")).map(({ message }) => message);
  expect(runs(`${file}.1`)).toEqual([expect.stringContaining("r-first")]);
  expect(runs(file)).toEqual([expect.stringContaining("r-second")]);
});

it("goes on in the old file where no new one can be opened, and says so", async () => {
  const file = place();
  const server = await start(["--audit-log", file, "--log-format", "json"]);
  renameSync(dirname(file), `${dirname(file)}-moved`);
  server.signal("SIGHUP");
  await until(() => server.stderr().includes("the audit log goes on in its old file") || undefined);
  await call(server.url, "abort_run", { name: "r-after" });
  await server.stop();
  const moved = readFileSync(join(`${dirname(file)}-moved`, "audit.log"), "utf8");
  expect(readRecords(moved)).toEqual([expect.objectContaining({ tool: "abort_run" })]);
});

const exists = (path: string) => {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

it("records with the log, whatever else is logged, where no file is named", async () => {
  const server = await start(["--log-format", "json"]);
  await call(server.url, "abort_run", { name: "r-nowhere" });
  await server.stop();
  const records = readRecords(server.stderr()).filter(({ kind }) => kind === "audit");
  expect(records).toEqual([
    expect.objectContaining({ tool: "abort_run", outcome: "failed", code: "not_found" }),
  ]);
});

it("does not start where it could not record", async () => {
  const { code, stderr } = await runToEnd(HTTP, [
    "--sandbox",
    "--port",
    "0",
    "--audit-log",
    "/nowhere/audit.log",
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    "The audit log /nowhere/audit.log cannot be opened (ENOENT); give another by --audit-log.",
  );
});
