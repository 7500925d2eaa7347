import { createSearchTool } from "./search-tool.ts";
import type { Shelf } from "./shelf.ts";

export function searchFlyteSdkExamples(shelf: Shelf) {
  return createSearchTool(shelf, {
    name: "search_flyte_sdk_examples",
    title: "Search the Flyte SDK examples",
    description: "Search the runnable examples of Flyte's Python SDK. Call it before writing Flyte code.",
    corpus: "sdk_examples",
  });
}
