import { createSearchTool } from "./search-tool.ts";
import type { Shelf } from "./shelf.ts";

export function searchFlyteDocsExamples(shelf: Shelf) {
  return createSearchTool(shelf, {
    name: "search_flyte_docs_examples",
    title: "Search the Flyte docs' examples",
    description: "Search the longer, explained examples of Flyte's documentation.",
    corpus: "docs_examples",
  });
}
