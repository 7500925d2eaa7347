import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startRegistry } from "./registry.mjs";

const workspace = fileURLToPath(new URL("../../../", import.meta.url));

/** Every package of the workspace that may be published, by its folder. */
function listPublished() {
  const folders = ["packages", "apps"].flatMap((room) =>
    readdirSync(join(workspace, room)).map((name) => `./${room}/${name}`),
  );
  return folders.flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(join(workspace, folder, "package.json"), "utf8"));
    return manifest.private ? [] : [{ folder, manifest }];
  });
}

/** Packs all packages once and serves them from a registry until the tests have ended. */
export default async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), "flyte-mcp-packed-"));
  const published = listPublished();
  const args = [
    "pack",
    "--json",
    "--ignore-scripts",
    `--pack-destination=${folder}`,
    ...published.map((one) => one.folder),
  ];
  const packed = JSON.parse(execFileSync("npm", args, { cwd: workspace, encoding: "utf8" }));
  const registry = await startRegistry(
    packed.map(({ name, filename, integrity }) => ({
      manifest: published.find(({ manifest }) => manifest.name === name).manifest,
      filename,
      integrity,
      path: join(folder, filename),
    })),
  );
  process.env["FLYTE_MCP_TEST_REGISTRY"] = registry.url;
  process.env["FLYTE_MCP_TEST_PACKAGES"] = JSON.stringify(
    published.map(({ manifest: { name, exports, bin } }) => ({ name, exports, bin })),
  );
  globalThis.installTest = { folder, registry };
}
