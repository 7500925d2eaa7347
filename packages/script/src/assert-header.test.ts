import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { createSandbox } from "@flyte-mcp/sandbox";
import { script } from "./index.ts";

const block = (...lines: string[]) =>
  ["# /// script", ...lines.map((line) => `# ${line}`), "# ///", "print(1)", ""].join("\n");

it.each<[string, string, string]>([
  ["no block", "print(1)\n", "The script has no `# /// script` block."],
  [
    "two blocks",
    block("dependencies = []") + block("dependencies = []"),
    "more than one `# /// script` block",
  ],
  ["broken TOML", block('dependencies = ["httpx"'), "it is no TOML"],
  ["a Python that nobody has", block('requires-python = ">=4"'), 'No image meets requires-python ">=4"'],
  ["a shell in a package", block('dependencies = ["httpx; rm -rf /"]'), "is no package"],
  [
    "a file of another disk",
    block('dependencies = ["a @ file:///tmp/a"]'),
    "a disk that the cluster does not have",
  ],
  [
    "a password",
    block('dependencies = ["a @ https://me:canary@host/a.whl"]'),
    "a dependency of the script holds a password",
  ],
])("refuses a script with %s before anything is sent", async (_what, text, message) => {
  const sandbox = createSandbox({ execute: false });
  const { failure } = await connectClient({ groups: [script()], flyte: playFlyte(sandbox.routes) });
  const said = await failure("run_uv_script_remote", { script: text });
  expect(said).toContain(message);
  expect(said).not.toContain("canary");
  expect(sandbox.calls()).toEqual([]);
});
