export const CORPORA = ["sdk_examples", "docs_examples", "full_docs"] as const;

/** One of the bodies of text that the tools search. */
export type CorpusName = (typeof CORPORA)[number];

/** Where a corpus is. */
export interface CorpusOptions {
  /** A folder or text on this machine, searched in place; nothing is ever fetched then. */
  path?: string | undefined;
  /** Where the cache is filled from, in place of the public one: a git repository, a tarball, a text or a folder. */
  source?: string | undefined;
}

export interface SearchOptions extends Partial<Record<CorpusName, CorpusOptions>> {
  /** Where corpora and indexes are kept; `~/.flyte/mcp` when left out. */
  cacheDir?: string | undefined;
  /** Fetch each corpus anew at its first search (default false). */
  refresh?: boolean | undefined;
  /** Whether an empty cache is filled at the first search (default true). */
  fetch?: boolean | undefined;
  /** Fetch the pages, too, that a text such as llms.txt links to (default false). */
  followLinks?: boolean | undefined;
}
