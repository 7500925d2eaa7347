import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Where a corpus is fetched from. */
export interface Source {
  kind: "git" | "tarball" | "text" | "folder";
  /** A URL, or a path on this machine. */
  address: string;
  /** A branch or tag of a git repository. */
  ref?: string | undefined;
  /** The folder in it that is kept; all of it when left out. */
  folder?: string | undefined;
  /** As it may be shown: without a login or a query, which may hold a secret. */
  shown: string;
}

/** Reads `ADDRESS#REF:FOLDER`; the last two may be left out, and say nothing of a text. */
export function readSource(given: string): Source {
  const [, address = "", ref, folder] = /^(.*?)(?:#([^:]*)(?::(.*))?)?$/s.exec(given) ?? [];
  const local = address.startsWith("file://") ? fileURLToPath(address) : address;
  const kind = kindOf(address, local, ref);
  const shown = hideLogin(address).replace(/[?].*$/s, "");
  // git makes a shallow clone of a repository on this machine only by its URL.
  const ofGit = isUrl(local) || isScp(local) ? address : pathToFileURL(local).href;
  return {
    kind,
    address: kind === "git" ? ofGit : local,
    ref: ref || undefined,
    folder: folder || undefined,
    shown,
  };
}

function kindOf(address: string, local: string, ref: string | undefined): Source["kind"] {
  const path = address.replace(/[?].*$/s, "");
  if (/\.(tar\.gz|tgz|tar)$/i.test(path)) return "tarball";
  if (/\.(txt|md)$/i.test(path)) return "text";
  if (isUrl(local) || isScp(local) || !statSync(local, { throwIfNoEntry: false })?.isDirectory())
    return "git";
  const isRepository = existsSync(join(local, "HEAD")) && existsSync(join(local, "objects"));
  return isRepository || (ref && existsSync(join(local, ".git"))) ? "git" : "folder";
}

/** `git@host:path`, which git takes for ssh. */
function isScp(address: string): boolean {
  return /^[\w.-]+@[\w.-]+:/.test(address);
}

export function isUrl(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
}

/** A text in which no address has a user name or password. */
export function hideLogin(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]*@/gi, "$1");
}
