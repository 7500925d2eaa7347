import { satisfies } from "semver";

const PUBLIC_REGISTRY = "https://registry.npmjs.org/";

/** The places where Node looks for a package that the one at `path` asks for. */
function listLookups(path, name) {
  const folders = path.split("/").map((_, depth, parts) => parts.slice(0, depth + 1).join("/"));
  return ["", ...folders.map((folder) => `${folder}/`)].map((folder) => `${folder}node_modules/${name}`);
}

// npm ci refuses a lock that lacks the build of a native package for another platform, though npm install wrote it.
function findMissing(packages, path, { optionalDependencies = {} }) {
  return Object.keys(optionalDependencies)
    .filter((name) => !listLookups(path, name).some((place) => place in packages))
    .map((name) => `${path || "the root"}: optional dependency ${name} is not in the lock`);
}

function findPrivateHost(path, { resolved, link }) {
  if (resolved === undefined || link || resolved.startsWith(PUBLIC_REGISTRY)) return [];
  return [`${path}: resolved to ${resolved}, not to ${PUBLIC_REGISTRY}`];
}

function findRefusal(path, { engines }, node) {
  const range = engines?.node;
  if (range === undefined || node === undefined || satisfies(node, range)) return [];
  return [`${path || "the root"}: engines.node ${range} refuses ${node}`];
}

/** Names what would keep a lock file from installing on another machine with the given version of Node, if any. */
export function findFaults({ packages }, node) {
  return Object.entries(packages).flatMap(([path, entry]) => [
    ...findMissing(packages, path, entry),
    ...findPrivateHost(path, entry),
    ...findRefusal(path, entry, node),
  ]);
}
