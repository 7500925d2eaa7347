import type { ContextFile, ImageLayer, PipOptions } from "./layer.ts";
import { hashedPip, pipWire } from "./layer.ts";

export function requirementsLayer(file: ContextFile, options: PipOptions = {}): ImageLayer {
  return {
    hashed: [hashedPip(options), file.content],
    wire: { case: "requirements", value: { file: file.path, ...pipWire(options) } },
    files: [file],
    secrets: options.secrets ?? [],
  };
}

export interface UvProject {
  pyproject: ContextFile;
  lock?: ContextFile | undefined;
  /** The project's own files; with them it is installed, without only what it depends on. */
  files?: readonly ContextFile[] | undefined;
}

const DEPENDENCIES_ONLY = "--no-install-project";

export function uvProjectLayer({ pyproject, lock, files }: UvProject, options: PipOptions = {}): ImageLayer {
  const source = folderOf(pyproject.path);
  const all = [...(lock ? [lock] : []), pyproject, ...(files ?? [])];
  const { options: wire, secretMounts } = pipWire(options);
  const extraArgs = files ? wire.extraArgs : dependenciesOnly(wire.extraArgs);
  return {
    hashed: [
      hashedPip(options),
      ...(files ? hashedFolder(source, all) : [lock?.content ?? "", pyproject.content]),
    ],
    wire: {
      case: "uvProject",
      value: {
        pyproject: source,
        uvlock: lock?.path ?? "",
        sourceDir: source,
        options: { ...wire, extraArgs },
        secretMounts,
      },
    },
    files: all,
    secrets: options.secrets ?? [],
  };
}

/** The SDK drops all other arguments where the flag is among them. */
function dependenciesOnly(extraArgs: string): string {
  if (extraArgs.includes(DEPENDENCIES_ONLY) || extraArgs === "") return DEPENDENCIES_ONLY;
  return `${extraArgs} ${DEPENDENCIES_ONLY}`;
}

export function poetryLayer(pyproject: ContextFile, lock: ContextFile, extraArgs = ""): ImageLayer {
  const value = {
    pyproject: pyproject.path,
    poetryLock: lock.path,
    extraArgs: `${extraArgs} --no-root`,
  };
  return {
    hashed: [extraArgs, lock.content, pyproject.content],
    wire: { case: "poetryProject", value },
    files: [lock, pyproject],
  };
}

export function copyFileLayer(file: ContextFile, dst = "."): ImageLayer {
  const value = { src: file.path, dst };
  const hashed = [file.content, nameOf(file.path), dst];
  return { hashed, wire: { case: "copyConfig", value }, files: [file] };
}

/** Copies all files below a folder of the context. */
export function copyFolderLayer(src: string, files: readonly ContextFile[], dst: string): ImageLayer {
  const value = { src, dst };
  return { hashed: [...hashedFolder(src, files), dst], wire: { case: "copyConfig", value }, files };
}

/** Content and path without its slashes of each file: those of a folder first, then each of its folders. */
function hashedFolder(folder: string, files: readonly ContextFile[]): string[] {
  const below = files.map(({ path, content }) => ({
    parts: path.slice(folder === "." ? 0 : folder.length + 1).split("/"),
    content,
  }));
  const sorted = below.toSorted((a, b) => compareParts(a.parts, b.parts));
  return sorted.flatMap(({ parts, content }) => [content, parts.join("")]);
}

function compareParts([a = "", ...restOfA]: string[], [b = "", ...restOfB]: string[]): number {
  const [isFileA, isFileB] = [restOfA.length === 0, restOfB.length === 0];
  if (isFileA !== isFileB) return isFileA ? -1 : 1;
  if (a !== b) return a < b ? -1 : 1;
  return isFileA ? 0 : compareParts(restOfA, restOfB);
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
