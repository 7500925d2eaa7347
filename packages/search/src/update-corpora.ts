import { CORPORA } from "./search-options.ts";
import type { SearchOptions } from "./search-options.ts";

/** Fetches and indexes every corpus anew, saying how far it is; throws at the end when one could not be had. */
export async function updateCorpora(
  options: SearchOptions,
  tell: (message: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const { openCorpus } = await import("./corpus/open-corpus.ts");
  const failed: string[] = [];
  for (const name of CORPORA) {
    try {
      tell(
        `${name}: in ${await openCorpus(name, options).update({ signal, tell: (step) => tell(`${name}: ${step}`) })}`,
      );
    } catch (error) {
      signal.throwIfAborted();
      failed.push(name);
      tell(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (failed.length > 0) throw new Error(`Not updated: ${failed.join(", ")}.`);
}
