import { flag, text } from "@flyte-mcp/core";
import type { SearchOptions } from "./search-options.ts";

const SOURCE = "git repository (URL#REF:FOLDER), tarball, text or folder";

/** Where the texts to search are, and where they come from. */
export const searchSettings = {
  sdkExamplesPath: text({
    description: "Folder with Flyte's SDK examples to search, in place of the cached copy.",
    value: "DIR",
  }),
  docsExamplesPath: text({
    description: "Folder with the examples of Flyte's documentation to search, in place of the cached copy.",
    value: "DIR",
  }),
  fullDocsPath: text({
    description: "Text or folder with Flyte's documentation to search, in place of the cached copy.",
    value: "PATH",
  }),
  sdkExamplesSource: text({
    description: `Where the SDK examples are fetched from: ${SOURCE}.`,
    value: "URL",
  }),
  docsExamplesSource: text({
    description: `Where the examples of the documentation are fetched from: ${SOURCE}.`,
    value: "URL",
  }),
  fullDocsSource: text({ description: `Where the documentation is fetched from: ${SOURCE}.`, value: "URL" }),
  fullDocsFollow: flag({
    description: "Fetch the pages, too, that the documentation's text links to on its own site.",
  }),
  corpusCache: text({
    description: "Folder that keeps fetched texts and search indexes; ~/.flyte/mcp when left out.",
    value: "DIR",
  }),
  corpusFetch: flag({
    description: "Fill the cache at the first search that needs it; --no-corpus-fetch turns it off.",
    strict: true,
  }),
  refreshCache: flag({ description: "Fetch the texts anew at the first search that needs them." }),
};

/** What the settings say, as options of the group. */
export function readSearchOptions(values: SearchValues): SearchOptions {
  return {
    sdk_examples: { path: values.sdkExamplesPath, source: values.sdkExamplesSource },
    docs_examples: { path: values.docsExamplesPath, source: values.docsExamplesSource },
    full_docs: { path: values.fullDocsPath, source: values.fullDocsSource },
    cacheDir: values.corpusCache,
    refresh: values.refreshCache,
    fetch: values.corpusFetch,
    followLinks: values.fullDocsFollow,
  };
}

export type SearchValues = {
  [K in keyof typeof searchSettings]?: (typeof searchSettings)[K]["_zod"]["output"];
};
