import { describeSettings, readSettings } from "@flyte-mcp/core";
import { readSearchOptions, searchSettings } from "./search-settings.ts";

const read = async (argv: string[], env: Record<string, string> = {}) =>
  readSearchOptions((await readSettings(searchSettings, { argv, env })).values);

it("leaves everything to the defaults when nothing is set", async () => {
  const nowhere = { path: undefined, source: undefined };
  expect(await read([])).toEqual({ sdk_examples: nowhere, docs_examples: nowhere, full_docs: nowhere });
});

it("reads where the texts are", async () => {
  const flags = ["--sdk-examples-path", "/a", "--docs-examples-source", "https://git.test/b.git#:v2"];
  const more = ["--refresh-cache", "--no-corpus-fetch", "--corpus-cache", "/c", "--full-docs-follow"];
  expect(await read([...flags, ...more], { FLYTE_MCP_FULL_DOCS_PATH: "/d" })).toMatchObject({
    sdk_examples: { path: "/a" },
    docs_examples: { source: "https://git.test/b.git#:v2" },
    full_docs: { path: "/d" },
    cacheDir: "/c",
    refresh: true,
    fetch: false,
    followLinks: true,
  });
});

it("is in the help text", () => {
  const help = describeSettings("x", "y", searchSettings);
  expect(help).toMatch(/--sdk-examples-path DIR +Folder with Flyte's SDK examples/);
  expect(help).toContain("--no-corpus-fetch turns it off");
});
