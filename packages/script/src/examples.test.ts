import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { readScriptHeader } from "@flyte-mcp/images";
import { createSandbox } from "@flyte-mcp/sandbox";
import { script } from "./index.ts";

const IMAGE = "registry.test/flyte:1";

async function open() {
  const sandbox = createSandbox({ execute: false });
  const flyte = playFlyte(sandbox.routes);
  return connectClient({ groups: [script({ image: IMAGE })], flyte });
}

it("shows a plain script and one that deploys tasks in the operator's image", async () => {
  const { answer } = await open();
  const { plain, flyte } = (await answer("flyte_uv_script_example")) as { plain: string; flyte: string };
  expect(readScriptHeader(plain).dependencies).toEqual(["rich>=13"]);
  expect(readScriptHeader(flyte).dependencies).toEqual(["flyte==2.12.1"]);
  expect(flyte).toContain(`image="${IMAGE}"`);
  expect(flyte).toMatch(/init_in_cluster\(\)\n +flyte\.deploy\(env/);
});

it("tells how both kinds are written, with a template whose header is valid", async () => {
  const { answer } = await open();
  const { format } = (await answer("flyte_uv_script_format")) as { format: string };
  expect(readScriptHeader(format).dependencies).toEqual(["httpx>=0.27"]);
  expect(format).toContain("Plain script:");
  expect(format).toContain("flyte.init_in_cluster()");
  expect(format.length).toBeLessThan(4_000);
});

it("works without any Flyte", async () => {
  const { answer } = await connectClient({ groups: [script()], flyte: playFlyte(() => undefined) });
  expect(await answer("flyte_uv_script_example")).toHaveProperty("plain");
});
