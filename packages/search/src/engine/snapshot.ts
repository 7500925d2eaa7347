/** A text of a corpus: a file, or a section of a long one. */
export interface Entry {
  /** Inside the corpus, with slashes. */
  path: string;
  title: string;
  /** Where its bytes begin and end in the snapshot's. */
  from: number;
  to: number;
  /** The number of its first line. */
  line: number;
}

/** All texts of a corpus, in memory. */
export interface Snapshot {
  entries: readonly Entry[];
  /** The texts one after the other, in UTF-8. */
  bytes: Buffer;
  skipped: Skipped;
}

/** How many files are left out, by why. */
export interface Skipped {
  lock_or_generated: number;
  data: number;
  binary: number;
  too_large: number;
  too_many: number;
  links: number;
}

/** The text of an entry. */
export function textOf({ bytes }: Snapshot, { from, to }: Entry): string {
  return bytes.toString("utf8", from, to);
}
