import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { withLock } from "./lock.ts";
import type { Tell } from "./tell.ts";

/** What is kept of a login between processes. */
export interface StoredToken {
  accessToken: string;
  refreshToken?: string;
  /** Milliseconds of the epoch. */
  staleAt: number;
  headerName?: string;
}

/** The tokens of one login, on disk or, when nothing may be kept there, in memory. */
export interface TokenStore {
  read(): StoredToken | undefined;
  /** Replaces what is kept while no other process does; undefined forgets it. */
  update(
    change: (kept: StoredToken | undefined) => Promise<StoredToken | undefined>,
  ): Promise<StoredToken | undefined>;
}

/** Which login: two planes, ways to log in or clients never share tokens. */
export interface LoginKey {
  origin: string;
  mode: string;
  clientId: string;
}

const VERSION = 1;

export function createMemoryStore(): TokenStore {
  let kept: StoredToken | undefined;
  return { read: () => kept, update: async (change) => (kept = await change(kept)) };
}

/** Keeps tokens in a file that only its owner can read; a damaged file counts as empty, with a warning. */
export function createFileStore(path: string, login: LoginKey, tell: Tell): TokenStore {
  const key = JSON.stringify([login.origin, login.mode, login.clientId]);
  let isTold = false;
  const readAll = () => {
    const tokens = readTokens(path);
    if (!tokens && !isTold) {
      tell(`The token file ${path} is damaged and is ignored; the next login replaces it.`);
    }
    isTold ||= !tokens;
    return tokens ?? {};
  };
  return {
    read: () => readAll()[key],
    async update(change) {
      // What the token server gave must reach the caller also where it cannot be kept.
      let done: { token: StoredToken | undefined } | undefined;
      const replace = async () => {
        const { [key]: kept, ...others } = readAll();
        done = { token: await change(kept) };
        writeAll(path, done.token ? { ...others, [key]: done.token } : others);
        return done.token;
      };
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        return await withLock(`${path}.lock`, replace);
      } catch (error) {
        const { syscall, code } = error as NodeJS.ErrnoException;
        if (syscall === undefined) throw error;
        tell(`The login cannot be kept in ${path} (${code}); it lasts until this server ends.`);
        return done ? done.token : change(undefined);
      }
    },
  };
}

/** Undefined when the file is damaged. */
function readTokens(path: string): Record<string, StoredToken> | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {};
  }
  return parse(text);
}

function parse(text: string): Record<string, StoredToken> | undefined {
  try {
    const { version, tokens } = JSON.parse(text) as { version?: unknown; tokens?: unknown };
    if (version !== VERSION || typeof tokens !== "object" || tokens === null) return undefined;
    return Object.fromEntries(Object.entries(tokens).filter(([, token]) => isStored(token)));
  } catch {
    return undefined;
  }
}

function isStored(value: unknown): value is StoredToken {
  if (typeof value !== "object" || value === null) return false;
  const { accessToken, refreshToken = "", staleAt, headerName = "" } = value as Record<string, unknown>;
  const texts = [accessToken, refreshToken, headerName];
  return (
    typeof staleAt === "number" &&
    texts.every((text) => typeof text === "string" && /^[\x21-\x7e]*$/.test(text))
  );
}

/** In one step, so that no reader sees half of it. */
function writeAll(path: string, tokens: Record<string, StoredToken>): void {
  const draft = `${path}.${randomUUID()}.tmp`;
  writeFileSync(draft, JSON.stringify({ version: VERSION, tokens }), { mode: 0o600, flag: "wx" });
  renameSync(draft, path);
}
