import { createSearchTool } from "./search-tool.ts";
import type { Shelf } from "./shelf.ts";

export function searchFullDocs(shelf: Shelf) {
  return createSearchTool(shelf, {
    name: "search_full_docs",
    title: "Search Flyte's documentation",
    description: "Search the text of Flyte's documentation: concepts, settings, reference.",
    corpus: "full_docs",
  });
}
