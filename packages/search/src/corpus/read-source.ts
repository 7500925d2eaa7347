import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

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
  const kind = kindOf(address, local);
  const shown = hideLogin(address).replace(/[?].*$/s, "");
  const plain = kind === "folder" || (address.startsWith("file://") && kind !== "git") ? local : address;
  return { kind, address: plain, ref: ref || undefined, folder: folder || undefined, shown };
}

function kindOf(address: string, local: string): Source["kind"] {
  const path = address.replace(/[?].*$/s, "");
  if (/\.(tar\.gz|tgz|tar)$/i.test(path)) return "tarball";
  if (/\.(txt|md)$/i.test(path)) return "text";
  const isFolder = !isUrl(local) && (statSync(local, { throwIfNoEntry: false })?.isDirectory() ?? false);
  return isFolder && !/\.git\/?$/.test(local) ? "folder" : "git";
}

export function isUrl(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
}

/** A text in which no address has a user name or password. */
export function hideLogin(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]*@/gi, "$1");
}
