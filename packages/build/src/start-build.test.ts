import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createFlyte } from "@flyte-mcp/core";
import type { Policy } from "@flyte-mcp/core";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ImageService } from "@flyte-mcp/idl/imagebuilder/service";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { fromNamedLiterals } from "@flyte-mcp/literals";
import { startSandbox } from "@flyte-mcp/sandbox";
import { build } from "./index.ts";

const PLACE = { project: "flytesnacks", domain: "development" };
const layers = [{ pip: ["httpx"], secrets: ["tok"] }, { copy: { path: "a.txt", content: "a" } }];

async function open(policy: Policy = {}) {
  const plane = await startSandbox({ paceMs: 20, history: false });
  const flyte = createFlyte({ endpoint: plane.url, ...PLACE });
  const mcp = await connectClient({ groups: [build], flyte, policy });
  const close = () => mcp.close().then(plane.close);
  return { plane, mcp, transport: flyte.transport, close };
}

it("runs the newest build-image with the image's own secrets, as files, in the caller's project", async () => {
  const { mcp, transport, close } = await open();
  const secrets = createClient(SecretService, transport);
  for (const name of ["tok", "reg"])
    await secrets.createSecret({ id: { ...PLACE, organization: "", name }, secretSpec: {} });
  const args = { name: "img", layers, registry: "registry.example/team", registry_secret: "reg" };
  const { run, tag } = await mcp.answer("build_image", { ...args, force: true });
  const id = { ...PLACE, name: String(run) };
  const { details } = await createClient(RunService, transport).getRunDetails({ runId: id });
  const spec = details?.action?.spec;
  const template = spec?.case === "task" ? spec.value.taskTemplate : undefined;
  expect(template?.id).toMatchObject({ project: "system", domain: "production", name: "build-image" });
  expect(
    template?.securityContext?.secrets.map(({ key, mountRequirement }) => [key, mountRequirement]),
  ).toEqual([
    ["tok", 2],
    ["reg", 2],
  ]);
  expect(details?.runSpec?.cacheConfig).toMatchObject({ cacheLookupScope: 2, overwriteCache: true });
  const actionId = { run: id, name: "a0" };
  const { inputs } = await createClient(DataProxyService, transport).getActionData({ actionId });
  expect(fromNamedLiterals(inputs?.literals ?? []).values).toEqual({
    context: expect.stringMatching(/^s3:.*\/context\.tar\.gz$/),
    spec: expect.stringMatching(/^s3:.*\/spec\.pb$/),
    target_image: `registry.example/team/img:${String(tag)}`,
  });
  await close();
});

it("is not there under a task allowlist, unless it is named", async () => {
  const { mcp, close } = await open({ tasks: ["seed.add"] });
  expect((await mcp.client.listTools()).tools).toEqual([]);
  await close();
});

it("is refused under a task allowlist that does not name the builder", async () => {
  const { plane, mcp, close } = await open({ tasks: ["seed.add"], groups: ["build"] });
  const refusal = await mcp.failure("build_image", { name: "img", layers: [{ pip: ["httpx"] }] });
  expect(refusal).toContain("production/system/build-image is not on this server's task allowlist");
  expect(plane.sandbox.calls().map(({ procedure }) => procedure)).not.toContain(
    "flyteidl2.workflow.RunService/CreateRun",
  );
  await close();
});

it("does not take a refusal of the image service for an image that is not there", async () => {
  const flyte = playFlyte((router) =>
    router.service(ImageService, {
      getImage() {
        throw new ConnectError("no", Code.PermissionDenied);
      },
    }),
  );
  const mcp = await connectClient({ groups: [build], flyte });
  const refusal = await mcp.failure("build_image", { name: "img", layers: [{ pip: ["httpx"] }] });
  expect(refusal).toContain("[permission_denied]");
  await mcp.close();
});

it("does not name the run of a build that Flyte only half remembers", async () => {
  const flyte = playFlyte((router) =>
    router.service(ImageService, {
      getImage: ({ id }) => ({ image: { id, fqin: "registry.example/img:1", buildRun: { name: "r1" } } }),
    }),
  );
  const mcp = await connectClient({ groups: [build], flyte });
  const answer = await mcp.answer("build_image", { name: "img" });
  expect(answer).toEqual({
    image_uri: "registry.example/img:1",
    exists: true,
    tag: "88f328ba250b083b2586b3a0a0e956e3",
    target_image: "img:88f328ba250b083b2586b3a0a0e956e3",
  });
  await mcp.close();
});
