import { join } from "node:path";
import { makeFolder } from "../testing/make-folder.ts";
import { openLibrary } from "./open-library.ts";
import { runSearch } from "./run-search.ts";

// Three megabytes of what the patterns below like best.
const files = Object.fromEntries(
  Array.from({ length: 120 }, (_file, nth) => [`f${nth}.py`, `${`${"a".repeat(120)} x\n`.repeat(200)}`]),
);
const corpus = makeFolder({
  ...files,
  "long.py": "x".repeat(400_000),
  "one.py": "last line\nhit = 'ä' # hit",
});
const library = await openLibrary(
  { root: corpus.folder, indexFile: join(corpus.folder, "..", "none", "\0") },
  () => {},
);

afterAll(() => corpus.remove());

const search = (pattern: string, signal = new AbortController().signal) =>
  runSearch({ pattern, mode: "regex", signal }, library);

describe("searchRegex", () => {
  it.each([
    "(a|a)+b",
    "(a+)+$b",
    "(a*)*b",
    "(x+x+)+y",
    "((a{1,30}){1,30})b",
    "([a-z]+)*\\d",
    "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)q",
    "(a?){60}a{60}b",
    "(([a-z])+.)+[A-Z]([a-z])+",
  ])("answers %s in less than a second", async (pattern) => {
    const began = performance.now();
    expect((await search(pattern)).matches).toEqual([]);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it("lets other work pass while it runs", async () => {
    let ticks = 0;
    const ticker = setInterval(() => ticks++, 5);
    await search("(a{1,30}){1,30}b");
    clearInterval(ticker);
    expect(ticks).toBeGreaterThan(0);
  });

  it("gives up when the caller does", async () => {
    await expect(search("(a?){60}[ab]{60}b", AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  it("refuses one that repeats too much", async () => {
    await expect(search("(\\w{900}x){1,3}")).rejects.toThrow(/repeats too much|no regular expression/);
  });

  it.each([
    ["^hit = .ä", 1],
    ["hit", 1],
    ["HIT", 0],
    ["line\\s+hit", 0],
    ["line$", 1],
    ["^last", 1],
  ])("matches %s in %i files, each line for itself", async (pattern, count) => {
    expect((await search(pattern)).matches).toHaveLength(count);
  });
});
