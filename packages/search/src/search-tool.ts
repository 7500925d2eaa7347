import { defineTool } from "@flyte-mcp/core";
import type { Library } from "./engine/library.ts";
import type { Found } from "./engine/run-search.ts";
import type { CorpusName } from "./search-options.ts";
import { searchInput, searchOutput } from "./search-input.ts";
import type { SearchInput, SearchOutput } from "./search-input.ts";
import type { Shelf } from "./shelf.ts";

export interface SearchToolOptions {
  name: string;
  title: string;
  description: string;
  corpus: CorpusName;
}

/** A tool that searches one corpus. */
export function createSearchTool(shelf: Shelf, { corpus, ...about }: SearchToolOptions) {
  return defineTool({
    ...about,
    effect: "read",
    input: searchInput,
    output: searchOutput,

    run: (input, context) =>
      shelf.read(corpus, context, async ({ library, note }) => {
        const { runSearch } = await import("./engine/run-search.ts");
        const found = await runSearch({ ...input, signal: context.signal }, library);
        return describe(found, library, input, note);
      }),
  });
}

async function describe(
  found: Found,
  library: Library,
  input: SearchInput,
  note: string | undefined,
): Promise<SearchOutput> {
  const [{ countFiles, describeFound }, { suggest }] = await Promise.all([
    import("./describe-found.ts"),
    import("./suggest.ts"),
  ]);
  const misread = found.words.flatMap(({ word, readAs }) =>
    readAs === undefined ? [] : [[word, readAs] as const],
  );
  const leftOut = Object.entries(library.snapshot.skipped).filter(([, count]) => count > 0);
  const notes = [
    note,
    found.stoppedEarly &&
      "The search ended early: the pattern is slow; give it a plain word of three letters or more.",
    found.matches.length === 0 && suggest(found, library, input),
  ].filter(Boolean);
  return {
    mode: found.mode,
    files_matched: countFiles(found.matches, library),
    results: describeFound(found, library, input),
    read_as: misread.length > 0 ? Object.fromEntries(misread) : undefined,
    left_out: leftOut.length > 0 ? Object.fromEntries(leftOut) : undefined,
    note: notes.length > 0 ? notes.join(" ") : undefined,
  };
}
