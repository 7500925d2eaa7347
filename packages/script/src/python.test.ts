import { execFile } from "node:child_process";
import type { ExecFileException } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { ErrorDocumentSchema, ExecutionError_ErrorKind } from "@flyte-mcp/idl/core/execution";
import { InputsSchema, OutputsSchema } from "@flyte-mcp/idl/task/common";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { fromNamedLiterals, toInputs } from "@flyte-mcp/literals";
import { startSandbox } from "@flyte-mcp/sandbox";
import { flyteExample } from "./flyte-example.ts";
import { PLAIN_EXAMPLE } from "./plain-example.ts";
import { RUNNER_SOURCE } from "./runner-source.ts";
import { imageRunner, uvRunner } from "./runners.ts";
import { STOCK_IMAGE } from "./script-settings.ts";
import { createTaskSpec } from "./script-task.ts";
import type { Runner } from "./script-task.ts";

const PACKAGES = ["flyte==2.12.1", "mypy==2.4.1", "six==1.17.0"];
const SLOW_MS = 300_000;
const SCOPE = { org: "", project: "flytesnacks", domain: "development" };
const CLUSTER = {
  FLYTE_INTERNAL_EXECUTION_PROJECT: SCOPE.project,
  FLYTE_INTERNAL_EXECUTION_DOMAIN: SCOPE.domain,
  _U_ORG_NAME: "local",
};

const home = mkdtempSync(join(tmpdir(), "flyte-mcp-python-"));
const bin = join(home, "venv", "bin");
const PATH = [bin, process.env["PATH"]].join(delimiter);
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

// A machine may reach PyPI by a mirror, a proxy or an authority of its own.
const WAY_TO_PYPI = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(PIP_|UV_|SSL_|REQUESTS_|HOME$)|_proxy$/i.test(name)),
);

async function call(file: string, args: readonly string[], cwd = home, env = {}): Promise<Ended> {
  const options = { cwd, env: { ...WAY_TO_PYPI, PATH, ...env }, timeout: SLOW_MS, maxBuffer: 2 ** 26 };
  return promisify(execFile)(file, args, options).then(
    (ended) => ({ code: 0, ...ended }),
    (error: ExecFileException & Ended) => ({ ...error, code: Number(error.code) || 1 }),
  );
}

/** Why there is no Python to test with, or undefined when there is one. */
async function installPython(): Promise<string | undefined> {
  const made = await call("python3", ["-m", "venv", join(home, "venv")]);
  if (made.code !== 0) return "there is no Python 3 with venv";
  const pip = ["-m", "pip", "install", "-q", "--retries", "0", "--timeout", "10", "uv==0.13.9"];
  const got = await call(join(bin, "python"), pip);
  const installed =
    got.code === 0 ? await call("uv", ["pip", "install", "-q", "-p", join(bin, "python"), ...PACKAGES]) : got;
  return installed.code === 0 ? undefined : "PyPI cannot be reached";
}

const missing = await installPython();
if (missing !== undefined) {
  console.warn(`SKIPPED, the runner and the examples were not tested: ${missing}.`);
  // Hooks of skipped tests are skipped, too.
  rmSync(home, { recursive: true, force: true });
}
const withPython = missing === undefined ? describe : describe.skip;

/** Runs a script as a pod does: the very arguments of the spec, with the executor's blanks filled in. */
async function runInPod(runner: Runner, json: Record<string, unknown>, env = {}) {
  const pod = mkdtempSync(join(home, "pod-"));
  const at = (name: string) => join(pod, name);
  mkdirSync(at("work"));
  mkdirSync(at("out"));
  writeFileSync(at(runner.bundle.name), runner.bundle.content);
  const inputs = toInputs(runner.inputs.variables, [], json);
  const literals = inputs.ok ? inputs.value : {};
  writeFileSync(at("inputs.pb"), toBinary(InputsSchema, create(InputsSchema, literals)));
  const spec = { image: STOCK_IMAGE, resources: {}, timeoutS: 1, secrets: {} };
  const { taskTemplate } = createTaskSpec(SCOPE, runner, at(runner.bundle.name), spec);
  const container = taskTemplate?.target.value as { args: string[]; env: { key: string; value: string }[] };
  const filled: Record<string, string> = {
    "{{.input}}": at("inputs.pb"),
    "{{.outputPrefix}}": at("out"),
    "{{.prevCheckpointPrefix}}": "",
  };
  const [file = "", ...args] = container.args.map((text) => filled[text] ?? text);
  const ended = await call(file, args, at("work"), {
    ...CLUSTER,
    ...{ ACTION_NAME: "a0", RUN_NAME: "r1", _U_RUN_BASE: at("out") },
    // Nothing is to be enqueued, so no control plane is needed.
    FLYTE_CLUSTERED_WORKER: "1",
    UV_CACHE_DIR: join(home, "uv-cache"),
    ...Object.fromEntries(container.env.map(({ key, value }) => [key, value])),
    ...env,
  });
  return { ...ended, ...readEnd(at("out")) };
}

function readEnd(folder: string) {
  const [outputs, error] = [join(folder, "outputs.pb"), join(folder, "error.pb")];
  const literals = existsSync(outputs) ? fromBinary(OutputsSchema, readFileSync(outputs)).literals : [];
  const failure = existsSync(error) ? fromBinary(ErrorDocumentSchema, readFileSync(error)).error : undefined;
  return { values: fromNamedLiterals(literals).values, failure };
}

const script = (...lines: string[]) =>
  ["# /// script", '# dependencies = ["six==1.17.0"]', "# ///", ...lines, ""].join("\n");

withPython("the runner, started as a pod starts it", () => {
  it("installs what the script asks for, and passes script and arguments untouched", async () => {
    const text = script("import sys, six", 'print("{{x}}", six.__version__, sys.argv[1:])', 'print("ü")');
    const { stdout, values } = await runInPod(uvRunner(60), { args: ["a b", "{{.input}}"], script: text });
    const said = "{{x}} 1.17.0 ['a b', '{{.input}}']\nü\n";
    expect(values).toEqual({ o0: expect.stringContaining(said) });
    expect(stdout).toContain(said);
  }, 60_000);

  it("keeps the end of much output, in a folder and a Python of the script's own", async () => {
    const lines = ["import os, sys", "for n in range(20_000): print('line', n)"];
    const own = "print(os.listdir('.'), sys.prefix != os.environ.get('OUTER'), 'VIRTUAL_ENV' in os.environ)";
    const text = script(...lines, own);
    const env = { VIRTUAL_ENV: join(home, "venv"), OUTER: join(home, "venv"), PYTHONPATH: "/nowhere" };
    const { stdout, values } = await runInPod(uvRunner(60), { args: [], script: text }, env);
    const tail = String(values["o0"]);
    expect(stdout).toContain("line 0\n");
    expect(Buffer.byteLength(tail)).toBe(60_000);
    expect(tail).toMatch(/line 19999\n\['main.py'\] True True\n$/);
  }, 60_000);

  it("fails once as the user's error, with the exit code and the end of the output", async () => {
    const text = script("print('x' * 9_000)", "raise SystemExit(3)");
    const { values, failure } = await runInPod(uvRunner(60), { args: [], script: text });
    expect(values).toEqual({});
    expect(failure?.origin).toBe(ExecutionError_ErrorKind.USER);
    expect(failure?.message).toMatch(
      /^The script ended with exit code 3\. The end of its output:\nx{3999}\n$/,
    );
  }, 60_000);

  it.each([
    [
      "a script that lasts too long",
      2,
      "import time; print('on it', flush=True); time.sleep(60)",
      "stopped after 2 s",
    ],
    [
      "one that is killed",
      60,
      "import os; os.kill(os.getpid(), 9)",
      "it was killed, perhaps for want of memory",
    ],
    ["one that raises", 60, "raise ValueError('boom')", "ValueError: boom"],
  ])(
    "says why it failed: %s",
    async (_what, timeoutS, line, message) => {
      const { failure } = await runInPod(uvRunner(timeoutS), { args: [], script: script(line) });
      expect(failure?.message).toContain(message);
    },
    60_000,
  );

  it("runs a script by the Python of its image, too", async () => {
    const text = "import sys, flyte\nprint(flyte.__version__, sys.argv[1:])\n";
    const { values } = await runInPod(imageRunner(text, 60), { args: ["1"], task_timeout: 120 });
    expect(values["o0"]).toMatchObject({ exit_code: 0, stdout: expect.stringContaining("2.12.1 ['1']") });
  }, 60_000);
});

withPython("the examples", () => {
  it.each([
    ["plain.py", PLAIN_EXAMPLE],
    ["tasks.py", flyteExample(STOCK_IMAGE)],
    ["runner.py", RUNNER_SOURCE],
  ])(
    "hold to their types: %s",
    async (name, text) => {
      writeFileSync(join(home, name), text);
      const { code, stdout } = await call("mypy", ["--strict", name]);
      expect([code, stdout]).toEqual([0, "Success: no issues found in 1 source file\n"]);
    },
    120_000,
  );

  it("count words, and fail without any", async () => {
    const run = (args: string[]) => runInPod(uvRunner(60), { args, script: PLAIN_EXAMPLE });
    expect((await run(["a", "b", "a"])).values["o0"]).toMatch(/a +│ 2/);
    expect((await run([])).failure?.message).toContain("no words were given");
  }, 120_000);

  it("deploy their tasks, which are there afterwards", async () => {
    const plane = await startSandbox({ paceMs: 8 });
    const folder = mkdtempSync(join(home, "tasks-"));
    writeFileSync(join(folder, "main.py"), flyteExample(STOCK_IMAGE));
    const env = { ...CLUSTER, _U_EP_OVERRIDE: new URL(plane.url).host, _U_INSECURE: "true" };
    const { stdout } = await call("python", ["main.py", "--version", "s7"], folder, env);
    expect(stdout).toContain("deployed demo.square and demo.total in version s7");
    const tasks = createClient(TaskService, createRouterTransport(plane.sandbox.routes));
    const { org: _org, ...place } = SCOPE;
    const taskId = { ...place, name: "demo.total", version: "s7" };
    const { details } = await tasks.getTaskDetails({ taskId });
    expect(details?.spec?.taskTemplate?.target.value).toMatchObject({ image: STOCK_IMAGE });
    await plane.close();
  }, 60_000);
});
