import type { ToolContext } from "@flyte-mcp/core";
import type { Corpus } from "./corpus/open-corpus.ts";
import type { Library } from "./engine/library.ts";
import type { CorpusName, SearchOptions } from "./search-options.ts";
import { createSlots } from "./slots.ts";

export type Reader<T> = (opened: { library: Library; note?: string }) => Promise<T>;

/** All corpora of a server. */
export interface Shelf {
  /** Opens a corpus and, when its turn has come, reads in it. */
  read<T>(name: CorpusName, context: Pick<ToolContext, "signal" | "progress">, reader: Reader<T>): Promise<T>;
}

/** At most so many searches share the one thread; more would only make each slower. */
const SLOTS = { running: 2, waiting: 32 };

/** Loads what opens a corpus at the first search, so that the start of a server does not pay for it. */
export function createShelf(options: SearchOptions): Shelf {
  const corpora = new Map<CorpusName, Promise<Corpus>>();
  const run = createSlots(SLOTS);
  const corpusOf = (name: CorpusName) => {
    const before = corpora.get(name);
    if (before) return before;
    const corpus = import("./corpus/open-corpus.ts").then(({ openCorpus }) => openCorpus(name, options));
    corpora.set(name, corpus);
    return corpus;
  };
  return {
    async read(name, { signal, progress }, reader) {
      let steps = 0;
      const tell = (message: string) => progress({ progress: ++steps, message });
      const corpus = await corpusOf(name);
      // Outside a slot: who waits for a corpus to be fetched must not keep others from searching theirs.
      const opened = await corpus.open({ signal, tell });
      return run(() => reader(opened));
    },
  };
}
