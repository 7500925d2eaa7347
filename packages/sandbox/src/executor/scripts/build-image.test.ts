import { setTimeout as pause } from "node:timers/promises";
import { create, toBinary } from "@bufbuild/protobuf";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { ImageSpecSchema } from "@flyte-mcp/idl/imagebuilder/definition";
import { ImageService } from "@flyte-mcp/idl/imagebuilder/service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { startSandbox } from "../../start.ts";
import type { SandboxServer } from "../../start.ts";
import { createConnectTransport } from "@connectrpc/connect-node";
import { string } from "../literals.ts";

const SCOPE = { project: "flytesnacks", domain: "development" };
const taskId = { project: "system", domain: "production", name: "build-image", version: "v1" };
let plane: SandboxServer;
beforeAll(async () => void (plane = await startSandbox({ paceMs: 8, history: false })));
afterAll(() => plane.close());

const open = () => createConnectTransport({ baseUrl: plane.url, httpVersion: "1.1" });

async function put(filename: string, content: Uint8Array): Promise<string> {
  const { signedUrl, nativeUrl } = await createClient(DataProxyService, open()).createUploadLocation({
    ...{ ...SCOPE, filename, filenameRoot: filename },
    expiresIn: { seconds: 60n },
  });
  await fetch(signedUrl, { method: "PUT", body: new Uint8Array(content) });
  return nativeUrl;
}

let builds = 0;

/** How a build of a spec, or of what lies at its address, ends. */
async function build(given: { spec: string; context?: string; target?: string }) {
  const runs = createClient(RunService, open());
  const run = { ...SCOPE, name: `build-${builds++}` };
  const { spec, context = "", target = "img:1" } = given;
  const literals = Object.entries({ context, spec, target_image: target }).map(([name, text]) => ({
    name,
    value: string(text),
  }));
  const task = { case: "taskId", value: taskId } as const;
  const inputWrapper = { case: "inputs", value: { literals } } as const;
  await runs.createRun({ id: { case: "runId", value: run }, task, inputWrapper });
  for (;;) {
    const { details } = await runs.getActionDetails({ actionId: { run, name: "a0" } });
    if (details?.status?.phase === ActionPhase.SUCCEEDED) return "built";
    if (details?.result.case === "errorInfo") return details.result.value.message;
    await pause(5);
  }
}

const spec = (init: MessageInitShape<typeof ImageSpecSchema>) =>
  put(`spec-${builds}.pb`, toBinary(ImageSpecSchema, create(ImageSpecSchema, init)));
const base = { baseImage: "python:3.12-slim-bookworm", pythonVersion: "3.12" };
const command = (text: string) => [{ layer: { case: "commands" as const, value: { cmd: [text] } } }];
const copy = [{ layer: { case: "copyConfig" as const, value: { src: "a", dst: "." } } }];

it("builds and makes the image known, and no other", async () => {
  const images = createClient(ImageService, open());
  const name = { id: { name: "own:7" } };
  await expect(images.getImage(name)).rejects.toThrow("image own:7 not found");
  const target = "registry.example/team/own:7";
  expect(await build({ spec: await spec({ ...base, layers: command("true") }), target })).toBe("built");
  const { image } = await images.getImage(name);
  expect(image).toMatchObject({ fqin: target, buildRun: SCOPE });
});

it("fails as it is told, and for what no builder could build", async () => {
  const fails = await spec({ ...base, layers: command("make-fail") });
  expect(await build({ spec: fails })).toBe("layer 1 of 1 (commands) failed: exit code 1");
  expect(await build({ spec: "s3://nowhere" })).toBe("there is no spec at 's3://nowhere'");
  expect(await build({ spec: await spec({ ...base, baseImage: "" }) })).toContain("base image '' or");
  expect(await build({ spec: await spec({ ...base, layers: [{}] }) })).toBe("a layer of the spec is empty");
  const needy = await spec({ ...base, layers: copy });
  expect(await build({ spec: needy })).toBe("the spec needs files and has no context");
  expect(await build({ spec: needy, context: "s3://no" })).toBe("there is no context at 's3://no'");
  const good = await spec(base);
  expect(await build({ spec: good, target: "img" })).toBe("target_image 'img' has no tag");
  const broken = await put("broken.pb", new Uint8Array([255]));
  expect(await build({ spec: broken })).toContain("the spec cannot be read");
});
