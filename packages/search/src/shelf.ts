import type { ToolContext } from "@flyte-mcp/core";
import type { Corpus } from "./corpus/open-corpus.ts";
import type { Library } from "./engine/library.ts";
import type { CorpusName, SearchOptions } from "./search-options.ts";
import { createSlots } from "./slots.ts";

export type Reader<T> = (opened: { library: Library; note?: string }) => Promise<T>;

/** All corpora of a server. */
export interface Shelf {
  /** Opens a corpus and reads in it, when its turn has come. */
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
      let [steps, isOver] = [0, false];
      // A corpus may go on being fetched when the call that began it is over.
      const tell = (message: string) => {
        if (!isOver) progress({ progress: ++steps, message });
      };
      try {
        const opened = await (await corpusOf(name)).open({ signal, tell });
        return await run(() => reader(opened));
      } finally {
        isOver = true;
      }
    },
  };
}
