import { createFlyte } from "@flyte-mcp/core";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { startSandbox } from "@flyte-mcp/sandbox";
import { build } from "./index.ts";

const TOOL = "build_uv_script_image_remote";
const script = (...lines: string[]) =>
  ["# /// script", ...lines.map((line) => `# ${line}`), "# ///", ""].join("\n");
const GOOD = script('requires-python = ">=3.12"', 'dependencies = ["httpx", "flyte>=2.0.0"]');

it("builds the image of a script with the tag that the SDK gives it, and finds it again", async () => {
  const plane = await startSandbox({ paceMs: 20, history: false });
  const place = { project: "flytesnacks", domain: "development" };
  const mcp = await connectClient({ groups: [build], flyte: createFlyte({ endpoint: plane.url, ...place }) });
  const built = await mcp.answer(TOOL, { script: GOOD, name: "uvimg", wait: true });
  expect(built).toMatchObject({ tag: "005e103eb3f78f1d98a883a3c6d2f752", phase: "succeeded", exists: false });
  expect(built["message"]).toBeUndefined();
  const found = await mcp.answer(TOOL, { script: `${GOOD}print("other code")\n`, name: "uvimg" });
  expect(found).toMatchObject({ exists: true, image_uri: built["image_uri"] });
  await mcp.close();
  await plane.close();
});

async function offline(test: "answer" | "failure", args: Record<string, unknown>) {
  const mcp = await connectClient({ groups: [build], flyte: playFlyte(() => undefined) });
  return mcp[test](TOOL, args).finally(mcp.close);
}

it("takes a Python that the script allows, and says when flyte is missing", async () => {
  const text = script('requires-python = "<3.12"', 'dependencies = ["httpx"]');
  const shown = await offline("answer", { script: text, dry_run: true });
  expect(shown).toMatchObject({
    spec: { baseImage: "python:3.10-slim-bookworm", pythonVersion: "3.10" },
    message: "The script does not depend on flyte, which a task that runs in this image needs.",
  });
});

it.each([
  ["no header", "print('hi')\n", "The script has no `# /// script` block."],
  ["two headers", `${GOOD}\n${GOOD}`, "The script has more than one `# /// script` block."],
  ["broken TOML", script('dependencies = ["httpx"'), "block is not valid: it is no TOML:"],
  [
    "a Python that there is not",
    script('requires-python = ">=3.15"'),
    'No image meets requires-python ">=3.15".',
  ],
  ["a shell", script('dependencies = ["httpx && id"]'), '"httpx && id" is no package.'],
  [
    "a local project",
    script('dependencies = ["p @ file:///srv/p"]'),
    "which lies on a disk that the builder does not have.",
  ],
  ["a megabyte", "#".repeat(2_000_000), "The script has 2000000 bytes; at most "],
])("refuses %s", async (_what, text, reason) => {
  expect(await offline("failure", { script: text })).toContain(reason);
});
