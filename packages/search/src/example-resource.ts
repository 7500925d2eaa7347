import { defineResource } from "@flyte-mcp/core";
import type { Complete } from "@flyte-mcp/core";
import type { readExample } from "./read-example.ts";
import type { Shelf } from "./shelf.ts";

/** No client shows more of a resource. */
const MOST_CHARACTERS = 40_000;
const MOST_LINES = 1_000;
/** Whoever types does not wait until the examples are fetched. */
const PATIENCE_MS = 2_000;

/** An example of Flyte's SDK under its path, as `reader` gives it; the error of an empty cache says how to fill it. */
export function exampleResource(shelf: Shelf, reader: ReturnType<typeof readExample>) {
  return defineResource({
    uri: "flyte://examples/{+path}",
    name: "example",
    title: "Flyte SDK example",
    description: "A file of the Flyte SDK's examples, by a path that search_flyte_sdk_examples gave.",
    mimeType: "text/plain",
    uses: [reader],
    complete: { path: completePath(shelf) },

    async read({ path = "" }, { answer }) {
      let text = "";
      let next: number | undefined = 1;
      while (next !== undefined && text.length < MOST_CHARACTERS) {
        const page: Page = await answer(reader, { path, from_line: next, lines: MOST_LINES });
        text += `${page.text}\n`;
        next = page.next_line;
      }
      return text;
    },
  });
}

function completePath(shelf: Shelf): Complete {
  return async (_value, { signal, progress }) => {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const waiting = { signal: AbortSignal.any([signal, patience]), progress };
    try {
      return await shelf.read("sdk_examples", waiting, async ({ library }) => [...library.files.keys()]);
    } catch (error) {
      if (patience.aborted) return [];
      throw error;
    }
  };
}

interface Page {
  text: string;
  next_line?: number | undefined;
}
