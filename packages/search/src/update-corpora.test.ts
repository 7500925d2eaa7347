import { readdirSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./testing/make-folder.ts";
import { updateCorpora } from "./update-corpora.ts";

const folder = makeFolder({ "a.py": "a = 1\n", "docs/llms.txt": "# Docs\n" });
const cache = makeFolder();
afterAll(() => {
  folder.remove();
  cache.remove();
});

it("fetches and indexes every corpus and says where it is", async () => {
  const said: string[] = [];
  const options = {
    sdk_examples: { path: folder.folder },
    docs_examples: { source: folder.folder },
    full_docs: { source: join(folder.folder, "docs", "llms.txt") },
    cacheDir: cache.folder,
  };
  await updateCorpora(options, (line) => said.push(line));
  expect(said).toEqual([
    "sdk_examples: Indexing 2 files",
    `sdk_examples: in ${folder.folder}`,
    `docs_examples: in ${folder.folder}`,
    `full_docs: Downloading ${folder.folder}/docs/llms.txt`,
    "full_docs: Indexing 1 files",
    `full_docs: in ${cache.folder}/full-docs`,
  ]);
  const [version = ""] = readdirSync(join(cache.folder, "full-docs")).filter((name) => !name.includes("."));
  expect(readdirSync(join(cache.folder, "full-docs", version))).toEqual(["llms.txt"]);
});

it("goes on after one that cannot be had, and names it at the end", async () => {
  const said: string[] = [];
  const gone = { path: join(folder.folder, "gone") };
  const options = {
    sdk_examples: gone,
    docs_examples: { path: folder.folder },
    full_docs: gone,
    cacheDir: cache.folder,
  };
  await expect(updateCorpora(options, (line) => said.push(line))).rejects.toThrow(
    "Not updated: sdk_examples, full_docs.",
  );
  expect(said).toContain(`docs_examples: in ${folder.folder}`);
});
