import { createClient } from "@connectrpc/connect";
import { createFlyte } from "@flyte-mcp/core";
import { connectClient } from "@flyte-mcp/core/testing";
import type { TestClient } from "@flyte-mcp/core/testing";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { startSandbox } from "@flyte-mcp/sandbox";
import type { SandboxOptions, SandboxServer } from "@flyte-mcp/sandbox";
import { build } from "./index.ts";

const PLACE = { project: "flytesnacks", domain: "development" };
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function play(options: SandboxOptions = {}): Promise<{ mcp: TestClient; plane: SandboxServer }> {
  const plane = await startSandbox({ paceMs: 20, history: false, ...options });
  const mcp = await connectClient({ groups: [build], flyte: createFlyte({ endpoint: plane.url, ...PLACE }) });
  open.push(plane.close, mcp.close);
  return { mcp, plane };
}

const LAYERS = [
  { apt: ["git"] },
  { pip: ["httpx>=0.27"], index_url: "https://index.example/simple" },
  { env: { A: "1" } },
  { workdir: "/srv" },
  { commands: ["echo done"] },
  { requirements: "rich>=13\n" },
  { copy: { path: "conf/app.toml", content: "a = 1\n" } },
];

it("builds an image from layers and files, and finds it the next time", async () => {
  const { mcp } = await play();
  const heard: string[] = [];
  const built = await mcp.answer(
    "build_image",
    { name: "img", layers: LAYERS, wait: true },
    { onprogress: ({ message = "" }) => heard.push(message) },
  );
  expect(built).toMatchObject({ exists: false, phase: "succeeded", target_image: `img:${built["tag"]}` });
  expect(built["image_uri"]).toBe(`registry.sandbox.test/builds/img:${built["tag"]}`);
  expect(heard).toContain("The run is running.");
  const found = await mcp.answer("build_image", { name: "img", layers: LAYERS });
  const { image_uri, tag, run } = built;
  expect(found).toMatchObject({ exists: true, image_uri, tag, run });
});

it("starts a build at once and says how to follow it, and rebuilds when forced", async () => {
  const { mcp } = await play();
  const layers = [{ pip: ["httpx"] }];
  const started = await mcp.answer("build_image", { name: "img", layers });
  expect(started["message"]).toBe(
    `Follow with wait_for_run ${started["run"]}; its output is the image's name.`,
  );
  expect(started).toMatchObject({ exists: false, project: "flytesnacks", domain: "development" });
  const again = await mcp.answer("build_image", { name: "img", layers, force: true, wait: true });
  expect(again).toMatchObject({ exists: false, phase: "succeeded" });
  expect(again["run"]).not.toBe(started["run"]);
});

it("shows spec and tag of the SDK's own computation without asking Flyte", async () => {
  const { mcp, plane } = await play();
  const shown = await mcp.answer("build_image", {
    ...{ name: "my-img", flyte_version: "2.6.5", dry_run: true },
    layers: [{ pip: ["numpy", "pandas"] }, { copy: { path: "a.txt", content: "" } }],
  });
  expect(shown).toMatchObject({
    context_files: ["a.txt"],
    spec: { baseImage: "ghcr.io/flyteorg/flyte:py3.12-v2.6.5", pythonVersion: "3.12" },
  });
  const vector = { name: "my-img", flyte_version: "2.6.5", layers: [{ pip: ["numpy", "pandas"] }] };
  const { tag } = await mcp.answer("build_image", { ...vector, dry_run: true });
  expect(tag).toBe("dad9424e1260e831fc6ce9b8268dc83c");
  expect(plane.sandbox.calls()).toEqual([]);
});

it("gives a base image that nothing is laid over as it is", async () => {
  const { mcp } = await play();
  const message = "The base image is used as it is; nothing is to be built.";
  const answer = await mcp.answer("build_image", { base: "registry.example/base:1" });
  expect(answer).toMatchObject({ exists: true, image_uri: "registry.example/base:1", message });
});

it("answers a build that fails with its log", async () => {
  const { mcp } = await play();
  const layers = [{ commands: ["make-it-fail"] }];
  const answer = await mcp.answer("build_image", { name: "img", layers, wait: true });
  expect(answer).toMatchObject({
    phase: "failed",
    error: { message: "layer 1 of 1 (commands) failed: exit code 1" },
  });
  expect(answer["log"]).toContain(
    'ERROR: process "make-it-fail" did not complete successfully: exit code: 1',
  );
});

it("builds with a secret by name, and refuses one that is not there", async () => {
  const { mcp, plane } = await play();
  const layers = [{ pip: ["httpx"], secrets: ["pip-token"] }];
  const refusal = await mcp.failure("build_image", { name: "img", layers });
  expect(refusal).toContain('There is no secret "pip-token" in flytesnacks/development.');
  const { transport } = createFlyte({ endpoint: plane.url, ...PLACE });
  const id = { ...PLACE, organization: "", name: "pip-token" };
  await createClient(SecretService, transport).createSecret({ id, secretSpec: {} });
  const answer = await mcp.answer("build_image", { name: "img", layers, wait: true });
  expect(answer).toMatchObject({ phase: "succeeded" });
});

it("says so where the plane has no image service or no builder", async () => {
  const { mcp } = await play({ images: false });
  const layers = [{ pip: ["httpx"] }];
  expect(await mcp.failure("build_image", { name: "img", layers })).toContain(
    "This control plane has no image service, so it builds no images.",
  );
  const { mcp: other } = await play({ seed: false });
  expect(await other.failure("build_image", { name: "img", layers })).toContain(
    "This control plane has no remote image builder: the task build-image of system/production is not deployed.",
  );
});
