import { randomBytes } from "node:crypto";
import { lstat, mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

const FIRST_MODE = 0o600;

/** A settings file as it is on disk. */
export interface SettingsFile {
  /** As the client knows it. */
  path: string;
  /** Where it really lies, at the end of all links. */
  target: string;
  /** Undefined where there is none yet. */
  text: string | undefined;
}

/** Reads a file, also by a link. Throws a sentence when it cannot be read. */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  const target = await realpath(path).catch(() => path);
  const isLink = (await lstat(target).catch(() => undefined))?.isSymbolicLink() === true;
  if (isLink) throw new Error(`${path} is a link to a file that does not exist.`);
  try {
    return { path, target, text: await readFile(target, "utf8") };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { path, target, text: undefined };
    throw new Error(`${path} cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

export const backupOf = ({ target }: SettingsFile): string => `${target}.before-flyte-mcp`;

/** Puts a new text in the file's place, whole or not at all, by its rights; keeps what was there before our first change. */
export async function writeSettingsFile(file: SettingsFile, text: string): Promise<void> {
  try {
    await mkdir(dirname(file.target), { recursive: true });
    if (file.text !== undefined) await keepBackup(file);
    await replace(file, text);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new Error(`${file.path} cannot be written (${code}); nothing was changed.`, { cause: error });
  }
}

async function keepBackup(file: SettingsFile): Promise<void> {
  const { mode } = await stat(file.target);
  // A file that its owner closed to writing is not to be replaced behind that either.
  if ((mode & 0o200) === 0) throw Object.assign(new Error("read-only"), { code: "read-only" });
  await writeFile(backupOf(file), file.text ?? "", { flag: "wx", mode: mode & 0o777 }).catch(
    (error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    },
  );
}

async function replace(file: SettingsFile, text: string): Promise<void> {
  const mode = file.text === undefined ? FIRST_MODE : (await stat(file.target)).mode & 0o777;
  const fresh = `${file.target}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await writeFile(fresh, text, { flag: "wx", mode });
    const now = await readSettingsFile(file.path);
    if (now.text !== file.text) throw new Error(`${file.path} was changed meanwhile; run the command again.`);
    await rename(fresh, file.target);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** What was there before our first change, where that is kept. */
export async function readBackup(file: SettingsFile): Promise<string | undefined> {
  return readFile(backupOf(file), "utf8").catch(() => undefined);
}

export async function removeBackup(file: SettingsFile): Promise<void> {
  await rm(backupOf(file), { force: true });
}

/** Takes away a file that held nothing but our entry. */
export async function removeSettingsFile({ target }: SettingsFile): Promise<void> {
  await rm(target);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
