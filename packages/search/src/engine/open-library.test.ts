import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLES, makeFolder } from "../testing/make-folder.ts";
import { openLibrary } from "./open-library.ts";
import { runSearch } from "./run-search.ts";

const corpus = makeFolder(EXAMPLES);
const cache = makeFolder();
const place = { root: corpus.folder, indexFile: join(cache.folder, "deep", "corpus.index") };
const { signal } = new AbortController();

async function open() {
  const steps: string[] = [];
  const library = await openLibrary(place, (step) => steps.push(step));
  const { matches } = await runSearch({ pattern: "cron schedule", mode: "text", signal }, library);
  return { steps, library, first: library.snapshot.entries[matches[0]?.id ?? -1]?.path };
}

afterAll(() => {
  corpus.remove();
  cache.remove();
});

describe("openLibrary", () => {
  it("builds an index once and answers alike from the stored one", async () => {
    const built = await open();
    const loaded = await open();
    expect([built.steps, loaded.steps]).toEqual([["Indexing 9 files"], []]);
    expect([built.first, loaded.first]).toEqual(["triggers/basic.py", "triggers/basic.py"]);
    expect(loaded.library.index).toEqual(built.library.index);
    expect(statSync(place.indexFile).mode & 0o077).toBe(0);
  });

  it("builds it anew when a file has changed", async () => {
    await open();
    corpus.write("triggers/other.py", "cron schedule cron schedule\n");
    expect(await open()).toMatchObject({ steps: ["Indexing 10 files"], first: "triggers/other.py" });
  });

  it.each([
    [
      "another version",
      (bytes: Buffer) => Buffer.from(bytes.toString("latin1").replace("index 1", "index 0"), "latin1"),
    ],
    ["half of one", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["half a header", (bytes: Buffer) => bytes.subarray(0, 100)],
    ["nothing", () => Buffer.alloc(0)],
    ["nonsense", () => Buffer.from("nonsense of some length")],
  ])("builds it anew in place of %s", async (_what, damage) => {
    await open();
    writeFileSync(place.indexFile, damage(readFileSync(place.indexFile)));
    expect((await open()).steps).toHaveLength(1);
    expect((await open()).steps).toEqual([]);
  });

  it("works where it cannot store one", async () => {
    const indexFile = join(place.indexFile, "not-a-folder", "x");
    const library = await openLibrary({ ...place, indexFile }, () => {});
    expect(library.files.has("README.md")).toBe(true);
  });

  it("says so when there is nothing at the path", async () => {
    const root = join(corpus.folder, "nowhere");
    await expect(openLibrary({ ...place, root }, () => {})).rejects.toThrow(/nowhere, is not there/);
  });
});
