import type { TextIndex } from "./build-index.ts";
import type { Vocabulary } from "./read-query.ts";
import type { Entry, Snapshot } from "./snapshot.ts";
import type { Indexed } from "./stored-index.ts";

/** A corpus in memory, ready to be searched in every way. */
export interface Library {
  snapshot: Snapshot;
  index: TextIndex;
  vocabulary: Vocabulary;
  /** The entries of each file, in order. */
  files: ReadonlyMap<string, readonly Entry[]>;
  /** The bytes with ASCII letters in lower case, made when first asked for. */
  lowered(): Buffer;
}

export function createLibrary({ snapshot, index }: Indexed): Library {
  const files = new Map<string, Entry[]>();
  for (const entry of snapshot.entries) {
    const before = files.get(entry.path);
    if (before) before.push(entry);
    else files.set(entry.path, [entry]);
  }
  let lowered: Buffer | undefined;
  return {
    snapshot,
    index,
    vocabulary: new Map(index.terms.map((term, id) => [term, id])),
    files,
    lowered: () => (lowered ??= lower(snapshot.bytes)),
  };
}

function lower(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let place = 0; place < copy.length; place++) {
    const code = copy[place] ?? 0;
    if (code >= 65 && code <= 90) copy[place] = code + 32;
  }
  return copy;
}
