import { createHash } from "node:crypto";
import { buildIndex } from "./build-index.ts";
import { createLibrary } from "./library.ts";
import type { Library } from "./library.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { loadIndex, storeIndex } from "./stored-index.ts";
import { folderOf, walkFolder } from "./walk-folder.ts";
import type { Walk } from "./walk-folder.ts";

export interface LibraryPlace {
  /** A folder of texts, or one text. */
  root: string;
  /** Where the index is stored. */
  indexFile: string;
}

export type Tell = (message: string) => void;

/** Opens a corpus by its stored index, or by a new one where there is none of its present state. */
export async function openLibrary({ root, indexFile }: LibraryPlace, tell: Tell): Promise<Library> {
  const walk = walkFolder(root);
  const fingerprint = fingerprintOf(root, walk);
  const stored = await loadIndex(indexFile, fingerprint);
  if (stored) return createLibrary(stored);
  tell(`Indexing ${walk.files.length} files`);
  const snapshot = await readSnapshot(folderOf(root), walk);
  const indexed = { snapshot, index: await buildIndex(snapshot) };
  // Where nothing can be stored, each process builds its own.
  await storeIndex(indexFile, fingerprint, indexed).catch(() => undefined);
  return createLibrary(indexed);
}

/** What a corpus's state is told by: which files there are, how large, and when each was changed. */
export function fingerprintOf(root: string, { files, links }: Walk): string {
  const hash = createHash("sha256").update(JSON.stringify([root, links]));
  for (const { path, size, mtimeMs } of files) hash.update(`${path}\n${size} ${mtimeMs}\n`);
  return hash.digest("hex");
}

/** How long a corpus is taken to be as it was when last looked at. */
const FRESH_MS = 5_000;
/** Looking at all files of a large one takes time that all calls share, so it is done less often. */
const LOOKING_SHARE = 0.02;

/** Gives the library of a place: opened at the first call, and again when the corpus has changed. */
export function watchLibrary(place: LibraryPlace): (tell: Tell) => Promise<Library> {
  let opened: { library: Promise<Library>; fingerprint: string; freshUntil: number } | undefined;
  return (tell) => {
    const now = performance.now();
    if (opened && now < opened.freshUntil) return opened.library;
    const fingerprint = fingerprintOf(place.root, walkFolder(place.root));
    const looked = performance.now();
    const freshUntil = looked + Math.max(FRESH_MS, (looked - now) / LOOKING_SHARE);
    if (opened?.fingerprint !== fingerprint) {
      const library = openLibrary(place, tell);
      opened = { library, fingerprint, freshUntil };
      // A failure is told to whoever waits for it and not kept.
      library.catch(() => (opened = undefined));
    }
    opened.freshUntil = freshUntil;
    return opened.library;
  };
}
