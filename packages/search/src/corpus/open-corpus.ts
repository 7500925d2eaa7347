import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { createToolError } from "@flyte-mcp/core";
import type { Library } from "../engine/library.ts";
import { watchLibrary } from "../engine/open-library.ts";
import type { CorpusName, SearchOptions } from "../search-options.ts";
import type { Fetch } from "./fetch-error.ts";
import { isFetchError } from "./fetch-error.ts";
import { fillCache, isFilled } from "./fill-cache.ts";
import type { CachePlace } from "./fill-cache.ts";
import { readSource } from "./read-source.ts";

const SOURCES: Record<CorpusName, string> = {
  sdk_examples: "https://github.com/flyteorg/flyte-sdk.git#:examples",
  docs_examples: "https://github.com/unionai/unionai-examples.git#:v2",
  full_docs: "https://www.union.ai/docs/v2/union/llms.txt",
};

export interface Corpus {
  /** The corpus, ready to be searched; fetched first where the cache is empty. Throws a tool error that says what to run. */
  open(fetch: Fetch): Promise<{ library: Library; note?: string }>;
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
  const place = {
    folder: join(cacheDir, name.replace("_", "-")),
    source,
    followLinks: options.followLinks ?? false,
  };
  const library = watchLibrary({ root: place.folder, indexFile: `${place.folder}.index` });
  const fill = createFiller(name, place, options);
  return {
    async open(fetch) {
      // What is being fetched is for all who wait, and kept, too, when a client has lost its patience.
      const note = await untilAborted(fill({ ...fetch, signal: new AbortController().signal }), fetch.signal);
      return { library: await library(fetch.tell), ...(note !== undefined && { note }) };
    },
    async update(fetch) {
      await fillCache(place, fetch);
      await library(fetch.tell);
      return place.folder;
    },
  };
}

/** Fills an empty cache, or one that is to be refreshed, once for all who wait; gives a note where that failed. */
function createFiller(name: CorpusName, place: CachePlace, options: SearchOptions) {
  let isDue = options.refresh ?? false;
  let filling: Promise<string | undefined> | undefined;
  const refill = async (fetch: Fetch) => {
    const hasOld = await isFilled(place);
    if (hasOld && !isDue) return undefined;
    if (!hasOld && options.fetch === false) throw explainEmpty(name, "This server fetches none by itself.");
    isDue = false;
    try {
      await fillCache(place, fetch);
      return undefined;
    } catch (error) {
      if (!isFetchError(error)) throw error;
      if (!hasOld) throw explainEmpty(name, error.message);
      return `The texts are those of an earlier day: ${error.message}`;
    }
  };
  return (fetch: Fetch) => (filling ??= refill(fetch).finally(() => (filling = undefined)));
}

/** The outcome of a work, or a rejection as soon as the caller gives up; the work goes on. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
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

function explainEmpty(name: CorpusName, why: string) {
  const flag = name.replaceAll("_", "-");
  return createToolError({
    code: "not_configured",
    message: `The texts to search are not on this machine: ${why.replace(/[.]?$/, ".")}`,
    hint: `Where there is a network, run \`flyte-mcp corpus update\`; or start the server with --${flag}-path and a folder that has them.`,
  });
}
