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
}

const CLOSED = /^(\..*|node_modules|__pycache__|dist|build|site-packages|venv|target)$/;
const MOST_FILES = 20_000;
const DEEPEST = 24;

/** Lists the files below a folder, or the one file that `root` is, in a stable order; throws a tool error where there is nothing. */
export function walkFolder(root: string): Walk {
  const found = statSync(root, { throwIfNoEntry: false });
  if (found?.isFile()) {
    return { files: [{ path: basename(root), size: found.size, mtimeMs: found.mtimeMs }], links: 0 };
  }
  if (!found?.isDirectory()) throw createToolError({ code: "not_configured", message: missing(root) });
  const files: Listed[] = [];
  const links = list(root, "", 0, files);
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), links };
}

/** The folder that the paths of a walk of `root` are in. */
export function folderOf(root: string): string {
  return statSync(root).isFile() ? dirname(root) : root;
}

function list(root: string, folder: string, depth: number, files: Listed[]): number {
  let links = 0;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isSymbolicLink()) links++;
    else if (entry.isDirectory()) {
      if (depth < DEEPEST && !CLOSED.test(entry.name)) links += list(root, path, depth + 1, files);
    } else if (entry.isFile() && files.length < MOST_FILES) {
      const stats = statSync(join(root, path), { throwIfNoEntry: false });
      if (stats) files.push({ path, size: stats.size, mtimeMs: stats.mtimeMs });
    }
  }
  return links;
}

function missing(root: string): string {
  return `The folder to search, ${root}, is not there; the operator of this server must set its path right.`;
}
