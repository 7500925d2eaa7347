import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { search } from "./index.ts";
import type { SearchOptions } from "./index.ts";
import { makeFolder } from "./testing/make-folder.ts";
import { makeTar } from "./testing/make-tar.ts";

const TOOL = "search_full_docs";
const LONG = Array.from({ length: 80 }, (_part, nth) => `## Part ${nth}\n\n${"plain words. ".repeat(50)}\n`);
const PAGES: Record<string, string | Buffer> = {
  "/llms.txt":
    "# Flyte\n\n- [Caching](/docs/caching)\n- [Gone](gone.md)\n- [Page](page.html)\n- [Other](https://other.test/x)\n",
  "/docs/caching": "# Caching\n\nA zebra in the cache.\n",
  "/page.html": "<html>zebra</html>",
  "/llms-full.txt": [...LONG, "## Zebras\n\nHow to keep a zebra.\n"].join("\n"),
  "/docs.tar.gz": gzipSync(
    makeTar({ "docs-main/guide/zebra.md": "# Zebra\n\nIt has stripes.\n", "docs-main/b.md": "b\n" }),
  ),
  "/bad.tar.gz": gzipSync(makeTar({ "a/../../canary.md": "out\n", "a/b.md": "b\n" })),
  "/cut.tar.gz": gzipSync(makeTar({ "a.md": "x".repeat(2_000) }).subarray(0, 700)),
  "/none.tar.gz": "not a tarball",
  "/zeros.tar.gz": gzipSync(Buffer.alloc(20 * 1024 * 1024)),
};
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const page = PAGES[request.url ?? ""];
  response.writeHead(page === undefined ? 404 : 200, {
    "content-type": request.url?.endsWith(".html") ? "text/html" : "text/plain",
  });
  response.end(page);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const caches: ReturnType<typeof makeFolder>[] = [];

afterAll(() => {
  server.close();
  for (const cache of caches) cache.remove();
});

async function connect(source: string, options: SearchOptions = {}) {
  const cache = makeFolder();
  caches.push(cache);
  const group = search({ full_docs: { source }, cacheDir: cache.folder, ...options });
  return { ...(await connectClient({ groups: [group], flyte: playFlyte(() => undefined) })), cache };
}

describe("search_full_docs", () => {
  it("shows the section of one long text", async () => {
    const { answer } = await connect(`${origin}/llms-full.txt`);
    const found = await answer(TOOL, { pattern: "keeping zebras", limit: 1 });
    const results = [
      {
        path: "llms-full.txt",
        title: "Zebras",
        excerpt: expect.stringContaining("323: How to keep a zebra."),
      },
    ];
    expect(found).toMatchObject({ files_matched: 1, results });
  });

  it("leaves links alone unless told to follow them", async () => {
    const { answer } = await connect(`${origin}/llms.txt`);
    asked.length = 0;
    expect(await answer(TOOL, { pattern: "zebra" })).toMatchObject({ files_matched: 0 });
    expect(asked).toEqual(["/llms.txt"]);
  });

  it("follows links within the site, one level, without those that are dead or no text", async () => {
    const { answer } = await connect(`${origin}/llms.txt`, { followLinks: true });
    asked.length = 0;
    const found = await answer(TOOL, { pattern: "zebra" });
    expect(found).toMatchObject({ files_matched: 1, results: [{ path: "docs/caching.md" }] });
    expect(asked.sort()).toEqual(["/docs/caching", "/gone.md", "/llms.txt", "/page.html"]);
  });

  it("unpacks a tarball without the folder that all of it is in", async () => {
    const { answer } = await connect(`${origin}/docs.tar.gz`);
    expect(await answer(TOOL, { pattern: "stripes" })).toMatchObject({
      results: [{ path: "guide/zebra.md" }],
    });
  });

  it.each([
    ["a path out of a tarball", "bad.tar.gz", "leads out of it"],
    ["half a tarball", "cut.tar.gz", "is cut off"],
    ["what is no tarball", "none.tar.gz", "is cut off"],
    ["a tarball without files", "zeros.tar.gz", "has no files"],
    ["a page that is not there", "none.txt", "answered with status 404"],
  ])("keeps nothing of %s", async (_what, path, why) => {
    const { failure, cache } = await connect(`${origin}/${path}`);
    expect(await failure(TOOL, { pattern: "zebra" })).toContain(why);
    expect(readdirSync(cache.folder)).toEqual([]);
    expect(existsSync(`${cache.folder}/../canary.md`)).toBe(false);
  });

  it("tries again after a failure", async () => {
    const { failure, answer } = await connect(`${origin}/late.txt`);
    await failure(TOOL, { pattern: "zebra" });
    PAGES["/late.txt"] = "# Late\n\nzebra\n";
    expect(await answer(TOOL, { pattern: "zebra" })).toMatchObject({ files_matched: 1 });
  });

  it("fetches once for all who wait, and goes on when one of them gives up", async () => {
    PAGES["/slow.txt"] = "# Slow\n\nzebra\n";
    const { answer, failure } = await connect(`${origin}/slow.txt`);
    asked.length = 0;
    const impatient = new AbortController();
    const first = answer(TOOL, { pattern: "zebra" }, { signal: impatient.signal });
    const second = answer(TOOL, { pattern: "zebra" });
    impatient.abort();
    await expect(first).rejects.toThrow(/abort/i);
    expect(await second).toMatchObject({ files_matched: 1 });
    expect(asked).toEqual(["/slow.txt"]);
    expect(await failure(TOOL, { pattern: "" })).toContain("pattern");
  });

  it("searches a folder where it is", async () => {
    const docs = makeFolder({ "a.md": "# Zebra\n" });
    const { answer, cache } = await connect(docs.folder);
    expect(await answer(TOOL, { pattern: "zebra" })).toMatchObject({
      results: [{ path: "a.md", title: "Zebra" }],
    });
    expect(readdirSync(cache.folder)).toEqual(["indexes"]);
    docs.remove();
  });
});
