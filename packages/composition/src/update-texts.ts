import { readSearchOptions, updateCorpora } from "@flyte-mcp/search";
import type { SearchValues } from "@flyte-mcp/search";

/** Fetches and indexes the texts that the search tools search; `print` is told of each. */
export function updateTexts(values: SearchValues, print: (text: string) => void): Promise<void> {
  return updateCorpora(readSearchOptions(values), print);
}
