import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const ENTRY = `
  export { createGroups } from "@flyte-mcp/composition";
  export { listGroup } from "@flyte-mcp/core/command";
`;
const COMPOSITION = fileURLToPath(new URL("../../packages/composition", import.meta.url));
const PLACE = /[\\/]composition[\\/]src[\\/]listings\.ts$/;

/** What is known of each group before its code is loaded, asked of the groups themselves. */
async function readListings(options) {
  const folder = mkdtempSync(join(tmpdir(), "flyte-mcp-listings-"));
  const outfile = join(folder, "groups.mjs");
  const stdin = { contents: ENTRY, resolveDir: COMPOSITION, loader: "ts" };
  try {
    await build({
      ...options,
      stdin,
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "error",
    });
    const { createGroups, listGroup } = await import(pathToFileURL(outfile).href);
    const groups = await createGroups({}, pathToFileURL(outfile).href);
    return Object.fromEntries(groups.map((group) => [group.name, listGroup(group)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts the listings where the sources have none. */
export const withListings = (options) => ({
  name: "listings",
  setup({ onLoad }) {
    onLoad({ filter: PLACE, namespace: "lazy" }, async () => {
      // JSON in a string is read faster than the same as code.
      const text = JSON.stringify(JSON.stringify(await readListings(options)));
      return { contents: `exports.listings = JSON.parse(${text});`, loader: "js" };
    });
  },
});
