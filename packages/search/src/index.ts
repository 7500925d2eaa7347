import { defineToolGroup } from "@flyte-mcp/core";
import type { ToolGroup } from "@flyte-mcp/core";
import { exampleResource } from "./example-resource.ts";
import { readExample } from "./read-example.ts";
import { searchFlyteDocsExamples } from "./search-flyte-docs-examples.ts";
import { searchFlyteSdkExamples } from "./search-flyte-sdk-examples.ts";
import { searchFullDocs } from "./search-full-docs.ts";
import type { SearchOptions } from "./search-options.ts";
import { createShelf } from "./shelf.ts";

export type { CorpusName, CorpusOptions, SearchOptions } from "./search-options.ts";
export { readSearchOptions, searchSettings } from "./search-settings.ts";
export type { SearchValues } from "./search-settings.ts";
export { updateCorpora } from "./update-corpora.ts";

/** Tools that search Flyte's examples and docs, which are where the options say; nothing is looked at before the first search. */
export function search(options: SearchOptions = {}): ToolGroup {
  const shelf = createShelf(options);
  const reader = readExample(shelf);
  return defineToolGroup({
    name: "search",
    description: "Search Flyte's examples and documentation.",
    tools: [searchFlyteSdkExamples(shelf), searchFlyteDocsExamples(shelf), searchFullDocs(shelf), reader],
    resources: [exampleResource(shelf, reader)],
  });
}
