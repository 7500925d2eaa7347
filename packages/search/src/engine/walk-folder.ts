import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createToolError } from "@flyte-mcp/core";

/** A file of a corpus as the disk lists it. */
export interface Listed {
  /** Inside the corpus, with slashes. */
  path: string;
  size: number;
  mtimeMs: number;
}

export interface Walk {
  files: readonly Listed[];
  /** Links are not followed: they may lead anywhere. */
  links: number;
  /** Files above the most that are listed. */
  dropped: number;
}

const CLOSED = /^(\..*|node_modules|__pycache__|dist|build|site-packages|venv|target)$/;
const MOST_FILES = 20_000;
const DEEPEST = 24;

/** Lists the files below a folder, or the one file that `root` is, in a stable order; throws a tool error where there is nothing. */
export function walkFolder(root: string): Walk {
  const found = statSync(root, { throwIfNoEntry: false });
  if (found?.isFile()) {
    return {
      files: [{ path: basename(root), size: found.size, mtimeMs: found.mtimeMs }],
      links: 0,
      dropped: 0,
    };
  }
  if (!found?.isDirectory()) throw createToolError({ code: "not_configured", message: missing(root) });
  const walk = { files: new Array<Listed>(), links: 0, dropped: 0 };
  list(root, "", 0, walk);
  walk.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return walk;
}

/** The folder that the paths of a walk of `root` are in. */
export function folderOf(root: string): string {
  return statSync(root).isFile() ? dirname(root) : root;
}

function list(
  root: string,
  folder: string,
  depth: number,
  walk: { files: Listed[]; links: number; dropped: number },
): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isSymbolicLink()) walk.links++;
    else if (entry.isDirectory()) {
      if (depth < DEEPEST && !CLOSED.test(entry.name)) list(root, path, depth + 1, walk);
    } else if (!entry.isFile()) continue;
    else if (walk.files.length >= MOST_FILES) walk.dropped++;
    else {
      const stats = statSync(join(root, path), { throwIfNoEntry: false });
      if (stats) walk.files.push({ path, size: stats.size, mtimeMs: stats.mtimeMs });
    }
  }
}

function missing(root: string): string {
  return `The folder to search, ${root}, is not there; the operator of this server must set its path right.`;
}
