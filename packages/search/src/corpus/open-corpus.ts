import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Library } from "../engine/library.ts";
import { watchLibrary } from "../engine/open-library.ts";
import type { Tell } from "../engine/open-library.ts";
import type { CorpusName, SearchOptions } from "../search-options.ts";
import { explainEmpty, explainWait } from "./explain-empty.ts";
import type { Fetch } from "./fetch-error.ts";
import { isFetchError } from "./fetch-error.ts";
import { fillCache, findCached } from "./fill-cache.ts";
import type { Cached, CachePlace } from "./fill-cache.ts";
import { readSource } from "./read-source.ts";
import { shareWork } from "./share-work.ts";

const SOURCES: Record<CorpusName, string> = {
  sdk_examples: "https://github.com/flyteorg/flyte-sdk.git#:examples",
  docs_examples: "https://github.com/unionai/unionai-examples.git#:v2",
  full_docs: "https://www.union.ai/docs/v2/union/llms.txt",
};

/** Below the minute after which common clients give a call up. */
const LONGEST_WAIT_MS = 45_000;
/** A failure that took long stands for a while, so that not every search waits for it again. */
const LONG_MS = 5_000;
const PAUSE_MS = 30_000;

export interface Opened {
  library: Library;
  /** What the answer should say beside. */
  note?: string;
}

export interface Corpus {
  /** The corpus, ready to be searched; fetched first where the cache is empty. Throws a tool error that says what to run. */
  open(fetch: Fetch): Promise<Opened>;
  /** Fetches the corpus anew and indexes it; returns where it is. Throws a fetch error. */
  update(fetch: Fetch): Promise<string>;
}

/** One corpus by the options; looks at nothing before it is opened. */
export function openCorpus(name: CorpusName, options: SearchOptions): Corpus {
  const cacheDir = resolve(options.cacheDir ?? join(homedir(), ".flyte", "mcp"));
  const { path } = options[name] ?? {};
  const source = readSource(options[name]?.source ?? SOURCES[name]);
  const inPlace = path ?? (source.kind === "folder" ? join(source.address, source.folder ?? ".") : undefined);
  if (inPlace !== undefined) return openInPlace(resolve(inPlace), cacheDir);
  const folder = join(cacheDir, name.replace("_", "-"));
  return openCached(name, { folder, source, followLinks: options.followLinks ?? false }, options);
}

function openCached(
  name: CorpusName,
  place: CachePlace,
  { refresh = false, fetch: mayFetch = true }: SearchOptions,
) {
  let isDue = refresh;
  let failure: { why: string; until: number } | undefined;
  const library = watchVersions();
  const filling = shareWork(async (fetch): Promise<void> => {
    const began = performance.now();
    try {
      await fillCache(place, fetch);
      failure = undefined;
    } catch (error) {
      if (!isFetchError(error)) throw error;
      const now = performance.now();
      failure = { why: error.message, until: now - began > LONG_MS ? now + PAUSE_MS : 0 };
    }
    isDue = false;
  });
  const isPaused = () => failure !== undefined && performance.now() < failure.until;
  const fill = async (fetch: Fetch) => {
    const patience = AbortSignal.timeout(LONGEST_WAIT_MS);
    try {
      await filling.join({ ...fetch, signal: AbortSignal.any([fetch.signal, patience]) });
    } catch (error) {
      throw patience.aborted && !fetch.signal.aborted ? explainWait(name, filling.latest()) : error;
    }
  };
  return {
    async open(fetch: Fetch): Promise<Opened> {
      let cached = await findCached(place);
      if (cached === undefined && !mayFetch)
        throw explainEmpty(name, place.source, "this server fetches none by itself");
      if (isDue || (cached === undefined && !isPaused())) {
        await fill(fetch);
        cached = await findCached(place);
      }
      if (cached === undefined)
        throw explainEmpty(name, place.source, failure?.why ?? "nothing could be fetched");
      const note = failure && `These texts are of ${cached.fetched.slice(0, 10)}: ${failure.why}`;
      return { library: await library(cached, fetch.tell), ...(note !== undefined && { note }) };
    },
    async update(fetch: Fetch): Promise<string> {
      const cached = await fillCache(place, fetch);
      await library(cached, fetch.tell);
      return place.folder;
    },
  };
}

/** The library of the version in force, which another process may have replaced. */
function watchVersions(): (cached: Cached, tell: Tell) => Promise<Library> {
  let current: { folder: string; library: (tell: Tell) => Promise<Library> } | undefined;
  return ({ folder }, tell) => {
    if (current?.folder !== folder)
      current = { folder, library: watchLibrary({ root: folder, indexFile: `${folder}.index` }) };
    return current.library(tell);
  };
}

/** Searched where it is: its index is kept in the cache, as the folder may belong to others or be under version control. */
function openInPlace(root: string, cacheDir: string): Corpus {
  const key = createHash("sha256").update(root).digest("hex").slice(0, 16);
  const library = watchLibrary({ root, indexFile: join(cacheDir, "indexes", `${key}.index`) });
  return {
    open: async ({ tell }) => ({ library: await library(tell) }),
    async update({ tell }) {
      await library(tell);
      return root;
    },
  };
}
