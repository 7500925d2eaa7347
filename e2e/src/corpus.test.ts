import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { STDIO, runToEnd } from "./built-apps.ts";
import { connectStdio } from "./sdk-client.ts";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "flyte-mcp-corpus-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** A tarball as a code host serves it, with one folder at its top. */
function makeTarball(body: string): string {
  write("repo-main/examples/caching/basic.py", body);
  const tarball = join(folder, "examples.tar.gz");
  execFileSync("tar", ["-czf", tarball, "-C", folder, "repo-main"]);
  return tarball;
}

const cache = () => ["--corpus-cache", join(folder, "cache")];
const sources = () => [
  ...["--sdk-examples-source", join(folder, "examples.tar.gz")],
  ...["--docs-examples-source", join(folder, "docs-examples")],
  ...["--full-docs-source", join(folder, "llms.txt")],
];
const update = () => runToEnd(STDIO, ["corpus", "update", ...sources(), ...cache()]);

/** What a server that fetches nothing finds in the SDK's examples. */
async function find(pattern: string) {
  const { client, close } = await connectStdio([...sources(), ...cache(), "--no-corpus-fetch"]);
  const said = await client.callTool({ name: "search_flyte_sdk_examples", arguments: { pattern } });
  await close();
  return { isError: said.isError === true, text: JSON.stringify(said.content) };
}

describe("flyte-mcp corpus update", () => {
  it("is what the tools tell to run where nothing is there yet", async () => {
    const { isError, text } = await find("cache");
    expect([isError, text]).toEqual([true, expect.stringContaining("flyte-mcp corpus update")]);
  });

  it("fetches all three, says where they are, and what follows works without a network", async () => {
    makeTarball("@env.task(cache='auto')\ndef memoized() -> int: ...\n");
    write("docs-examples/trigger.py", "trigger = 1\n");
    write("llms.txt", "# Docs\n\nCaching keeps results.\n");
    const { code, stdout, stderr } = await update();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`sdk_examples: in ${join(folder, "cache")}`);
    expect(stdout).toContain(`full_docs: in ${join(folder, "cache")}`);
    const { isError, text } = await find("memoized cache");
    expect([isError, text]).toEqual([false, expect.stringContaining("caching/basic.py")]);
  });

  it("brings what has changed since", async () => {
    makeTarball("def renamed_since() -> int: ...\n");
    expect((await update()).code).toBe(0);
    expect((await find("renamed_since")).text).toContain("caching/basic.py");
  });

  it("keeps what was there when the new one is cut off, and ends with 1", async () => {
    write("examples.tar.gz", "no tarball at all");
    const { code, stderr } = await update();
    expect([code, stderr]).toEqual([1, expect.stringContaining("Not updated: sdk_examples")]);
    expect((await find("renamed_since")).text).toContain("caching/basic.py");
  });
});
