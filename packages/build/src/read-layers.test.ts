import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { build } from "./index.ts";

async function refuse(args: Record<string, unknown>): Promise<string> {
  const mcp = await connectClient({ groups: [build], flyte: playFlyte(() => undefined) });
  return mcp.failure("build_image", { name: "img", ...args }).finally(mcp.close);
}

const OUTSIDE = "must be a relative path inside of the context, at most 100 bytes long";
const copy = (path: string, content = "") => ({ copy: { path, content } });

it.each<[string, unknown, string]>([
  ["a layer of no kind", { pips: ["a"] }, "layers.0: must have exactly one of apt, pip, commands, env,"],
  ["two in one", { pip: ["a"], apt: ["b"] }, "layers.0: must have exactly one of apt"],
  ["a key it does not know", { pip: ["a"], index: "x" }, 'layers.0: Unrecognized key: "index"'],
  ["a package with a shell in it", { pip: ["httpx; rm -rf /"] }, '"httpx; rm -rf /" is no package.'],
  ["a Debian package with one", { apt: ["git && id"] }, '"git && id" is no package.'],
  ["a path outside of the context", copy("../x"), `layers.0.copy.path: ${OUTSIDE}`],
  ["an absolute path", copy("/etc/passwd"), `layers.0.copy.path: ${OUTSIDE}`],
  ["a long path", copy("x".repeat(101)), `layers.0.copy.path: ${OUTSIDE}`],
  ["a variable with a space", { env: { "A B": "1" } }, "layers.0.env.A B: "],
  ["large files", copy("a", "x".repeat(1_000_001)), "the files have 1000001 bytes together"],
])("refuses %s", async (_what, layer, reason) => {
  expect(await refuse({ layers: [layer] })).toContain(reason);
});

it("refuses two files of one path", async () => {
  const layers = [copy("a", "1"), copy("a", "2")];
  expect(await refuse({ layers })).toContain("Nothing was built: two files have the path a.");
});

it("refuses an index with a password, and does not repeat it", async () => {
  const layers = [{ pip: ["a"], index_url: "https://me:CANARY@index.example/simple" }];
  const refusal = await refuse({ layers });
  expect(refusal).toContain("layers.0.index_url: must be an https:// address without a password");
  expect(refusal).not.toContain("CANARY");
});

it.each([
  [{ name: "My Image" }, "name: must be small letters and digits, joined by . _ or -"],
  [{ python_version: "3.9" }, "python_version: must be one of 3.10, 3.11, 3.12, 3.13, 3.14"],
  [{ name: undefined, base: "x/y:1", layers: [{ workdir: "/w" }] }, "needs a name"],
])("refuses %j", async (args, reason) => {
  expect(await refuse(args)).toContain(reason);
});

it("shows what a project of uv needs", async () => {
  const mcp = await connectClient({ groups: [build], flyte: playFlyte(() => undefined) });
  const uv_project = { pyproject: '[project]\nname = "p"\n', uv_lock: "version = 1\n" };
  const shown = await mcp.answer("build_image", { name: "img", layers: [{ uv_project }], dry_run: true });
  expect(shown["context_files"]).toEqual(["project/uv.lock", "project/pyproject.toml"]);
  const layer = { pyproject: "project", uvlock: "project/uv.lock", sourceDir: "project" };
  expect(shown["spec"]).toMatchObject({ layers: [{ uvProject: layer }] });
  await mcp.close();
});
