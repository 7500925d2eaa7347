import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const LOCK = new URL("../../../package-lock.json", import.meta.url);
const UPSTREAM = "https://registry.npmjs.org";

/** Every version of a public package that the workspace's lock knows, as a registry tells of it. */
function listLocked() {
  const { packages } = JSON.parse(readFileSync(LOCK, "utf8"));
  return Object.entries(packages).flatMap(([path, { integrity, ...manifest }]) => {
    if (integrity === undefined) return [];
    const name = manifest.name ?? path.split("node_modules/").at(-1);
    const tarball = `${UPSTREAM}/${name}/-/${name.split("/").at(-1)}-${manifest.version}.tgz`;
    return [{ ...manifest, name, dist: { tarball, integrity } }];
  });
}

function describe(name, versions) {
  const latest = versions
    .map(({ version }) => version)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1);
  const entries = versions.map((manifest) => [manifest.version, manifest]);
  return { name, "dist-tags": { latest }, versions: Object.fromEntries(entries) };
}

/**
 * A registry on this machine: our packages as they were packed, and those that the workspace's lock pins. The latter's
 * tarballs are npm's to find in its cache by their integrity; one that is not there is asked for upstream.
 */
export async function startRegistry(packed) {
  const own = packed.map(({ manifest, integrity, filename }) => ({
    ...manifest,
    dist: { integrity, tarball: `${UPSTREAM}/-/own/${filename}` },
  }));
  const known = groupByName([...own, ...listLocked()]);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "/").slice(1);
    const file = packed.find(({ filename }) => path === `-/own/${filename}`);
    const versions = known.get(path);
    if (file) response.end(readFileSync(file.path));
    else if (versions)
      response.setHeader("content-type", "application/json").end(JSON.stringify(describe(path, versions)));
    else if (path.includes("/-/")) response.writeHead(302, { location: `${UPSTREAM}/${path}` }).end();
    else response.writeHead(404).end("{}");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

function groupByName(manifests) {
  const groups = new Map();
  for (const manifest of manifests)
    groups.set(manifest.name, [...(groups.get(manifest.name) ?? []), manifest]);
  return groups;
}
