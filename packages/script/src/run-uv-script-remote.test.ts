import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ConnectError, Code } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { CreateRunRequest } from "@flyte-mcp/idl/workflow/run_service";
import { script } from "./index.ts";

const SCRIPT = '# /// script\n# dependencies = ["httpx"]\n# ///\nprint("{{x}} hello")\n';
const stored: { path: string; size: number }[] = [];
const store = createServer((request, response) => {
  let size = 0;
  request.on("data", (chunk: Buffer) => (size += chunk.length));
  request.on("end", () => {
    stored.push({ path: request.url ?? "", size });
    response.end();
  });
});
let base = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => store.close(resolve)));
beforeEach(() => stored.splice(0));

/** A plane that keeps what it is asked to run, with one secret in its domain. */
async function play(image?: string) {
  const created: CreateRunRequest[] = [];
  const flyte = playFlyte((router) =>
    router
      .service(DataProxyService, {
        createUploadLocation: ({ filename }) => ({
          signedUrl: `${base}/${filename}`,
          nativeUrl: `s3://bucket/${filename}`,
        }),
        uploadInputs: () => ({ offloadedInputData: { uri: "s3://inputs", inputsHash: "hash" } }),
      })
      .service(SecretService, {
        getSecret({ id }) {
          if (id?.project === "" && id.name === "openai") return {};
          throw new ConnectError("no such secret", Code.NotFound);
        },
        listSecrets: () => ({ secrets: [{ id: { name: "openai-key" } }] }),
      })
      .service(RunService, {
        createRun(request) {
          created.push(request);
          return {};
        },
        getRunDetails({ runId }) {
          const request = created.find(({ id }) => id.case === "runId" && id.value.name === runId?.name);
          if (!request) throw new ConnectError("run not found", Code.NotFound);
          return { details: { runSpec: request.runSpec } };
        },
      }),
  );
  const groups = [script(image === undefined ? {} : { image })];
  return { ...(await connectClient({ groups, flyte })), created, template: () => templateOf(created[0]) };
}

function templateOf(request: CreateRunRequest | undefined) {
  if (request?.task.case !== "taskSpec") throw new Error("no spec was sent");
  const template = request.task.value.taskTemplate;
  if (template?.target.case !== "container") throw new Error("the spec has no container");
  return { ...template, container: template.target.value };
}

describe("run_uv_script_remote", () => {
  it("returns at once with the run's name and address", async () => {
    const { answer, created } = await play();
    const { name, ...rest } = await answer("run_uv_script_remote", { script: SCRIPT });
    expect(rest).toEqual({
      project: "flytesnacks",
      domain: "development",
      image: "ghcr.io/flyteorg/flyte:py3.12-v2.12.1",
      url: `http://console.test/v2/domain/development/project/flytesnacks/runs/${name}`,
    });
    expect(created[0]?.id).toMatchObject({ case: "runId", value: { name } });
  });

  it("runs our runner, and sends the script as an input only", async () => {
    const { answer, template, created } = await play();
    await answer("run_uv_script_remote", { script: SCRIPT, args: ["--n", "{{3}}"] });
    const { container, metadata, id, interface: typed } = template();
    const bundle = stored[0]?.path.slice(1);
    expect(bundle).toMatch(/^fast[0-9a-f]{32}\.tar\.gz$/);
    expect(metadata?.codeBundleUri).toBe(`s3://bucket/${bundle}`);
    expect(metadata?.retries?.retries).toBe(0);
    expect(metadata?.runtime).toMatchObject({ version: "2.12.1", flavor: "python" });
    const version = id?.version ?? "";
    expect(container.args.join(" ")).toBe(
      `a0 --inputs {{.input}} --outputs-path {{.outputPrefix}} --version ${version} ` +
        "--raw-data-path {{.rawOutputDataPrefix}} --checkpoint-path {{.checkpointOutputPrefix}} " +
        "--prev-checkpoint {{.prevCheckpointPrefix}} --run-name {{.runName}} --name {{.actionName}} " +
        `--tgz s3://bucket/${bundle} --dest . ` +
        "--resolver flyte._internal.resolvers.default.DefaultTaskResolver mod mcp_runner instance run_script",
    );
    expect(container.env.map(({ key, value }) => `${key}=${value}`)).toEqual([
      "_F_SYS_PATH=./.:./.",
      "FLYTE_MCP_SCRIPT_TIMEOUT_S=3600",
    ]);
    expect(typed?.inputs?.variables.map(({ key }) => key)).toEqual(["args", "script"]);
    expect(created[0]?.inputWrapper.case).toBe("offloadedInputData");
  });

  it("sends the same bundle and version for every script", async () => {
    const [one, other] = [await play(), await play()];
    await one.answer("run_uv_script_remote", { script: SCRIPT });
    await other.answer("run_uv_script_remote", { script: `${SCRIPT}# more\n` });
    expect(one.template().id).toEqual(other.template().id);
    expect(stored[0]).toEqual(stored[1]);
  });

  it("sends resources, timeout, variables and names of secrets", async () => {
    const { answer, template, created } = await play();
    await answer("run_uv_script_remote", {
      script: SCRIPT,
      resources: { cpu: "500m", memory: "4Gi", gpu: 1, gpu_type: "A100 80G" },
      timeout_s: 90,
      env_vars: { LEVEL: "debug" },
      secrets: { OPENAI_API_KEY: "openai" },
    });
    const { container, metadata, securityContext, extendedResources } = template();
    const entries = [
      { name: 1, value: "500m" },
      { name: 3, value: "4Gi" },
      { name: 2, value: "1" },
    ];
    expect(container.resources).toMatchObject({ requests: entries, limits: entries });
    expect(extendedResources?.gpuAccelerator?.device).toBe("nvidia-a100-80gb");
    expect(metadata?.timeout?.seconds).toBe(150n);
    expect(securityContext?.secrets).toMatchObject([{ key: "openai", envVar: "OPENAI_API_KEY" }]);
    expect(created[0]?.runSpec?.envs?.values).toMatchObject([{ key: "LEVEL", value: "debug" }]);
  });

  it("takes the operator's image, and runs a built image by its own Python", async () => {
    const { answer, created } = await play("registry.test:5000/team/flyte:1");
    expect(await answer("run_uv_script_remote", { script: SCRIPT })).toMatchObject({
      image: "registry.test:5000/team/flyte:1",
    });
    const image = "registry.test/uvimg:005e103eb3f78f1d98a883a3c6d2f752";
    await answer("run_uv_script_remote", { script: SCRIPT, image, timeout_s: 600 });
    const { container, interface: typed } = templateOf(created[1]);
    expect(container.image).toBe(image);
    expect(container.args.slice(container.args.indexOf("--resolver")).join(" ")).toBe(
      "--resolver flyte._internal.resolvers.internal.InternalTaskResolver task_builder " +
        "flyte._run_python_script._build_script_runner_task script_name main.py timeout 600",
    );
    expect(typed?.inputs?.variables.map(({ key }) => key)).toEqual(["args", "task_timeout"]);
  });

  it("takes a script of 1 MB", async () => {
    const { answer, created } = await play();
    const filler = `# ${"x".repeat(998)}\n`.repeat(1_000);
    await answer("run_uv_script_remote", { script: SCRIPT + filler });
    expect(created).toHaveLength(1);
  });

  it("makes one run for an idempotency key", async () => {
    const { answer, failure, created } = await play();
    const call = { script: SCRIPT, idempotency_key: "order-7" };
    const { name } = await answer("run_uv_script_remote", call);
    expect(await answer("run_uv_script_remote", call)).toMatchObject({ name, already_exists: true });
    expect(await failure("run_uv_script_remote", { ...call, args: ["2"] })).toContain("is of something else");
    expect(created).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["an empty script", { script: " \n" }, "script: is empty"],
    ["a script that is too large", { script: "#".repeat(1_048_577) }, "script: is larger than 1 MiB"],
    [
      "an unknown secret",
      { secrets: { KEY: "openai-kye" } },
      'no secret "openai-kye" in flytesnacks/development. Did you mean "openai-key"?',
    ],
    ["a quantity that is none", { resources: { memory: "4 GB" } }, "is no Kubernetes quantity"],
    ["an image that is none", { image: "https://ghcr.io/x" }, "is no name of a container image"],
    ["a kind of GPU without a number", { resources: { gpu_type: "T4" } }, "gpu_type needs gpu"],
    ["Flyte's own variables", { env_vars: { _F_SYS_PATH: "." } }, "belongs to Flyte's runtime"],
    [
      "a variable given twice",
      { env_vars: { A: "1" }, secrets: { A: "openai" } },
      "A is both in env_vars and in secrets",
    ],
  ])("refuses %s, and launches nothing", async (_what, args, message) => {
    const { failure, created } = await play();
    expect(await failure("run_uv_script_remote", { script: SCRIPT, ...args })).toContain(message);
    expect([created, stored]).toEqual([[], []]);
  });
});
