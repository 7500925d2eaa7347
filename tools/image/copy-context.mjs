import { copyFileSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

// Its types promise a default export that Node does not see.
const dockerignore = createRequire(import.meta.url)("@balena/dockerignore");

/** Copies what a container engine would be sent of a folder: all files but those that `.dockerignore` leaves out. */
export function copyContext(from, to) {
  const rules = dockerignore().add(readFileSync(join(from, ".dockerignore"), "utf8"));
  const files = listFiles(from, "").filter((file) => !rules.ignores(file));
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    copyFileSync(join(from, file), join(to, file));
  }
  return files;
}

// No rule brings these back, and they are most of a workspace.
const NEVER = ["node_modules", ".git", ".nx"];

function listFiles(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NEVER.includes(entry.name) ? [] : listFiles(root, path);
    return entry.isFile() ? [path] : [];
  });
}
