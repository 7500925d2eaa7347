import { mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../testing/make-folder.ts";
import { serveWeb } from "../testing/serve-web.ts";
import { fillCache, findCached } from "./fill-cache.ts";
import { readSource } from "./read-source.ts";

let text = "one";
const web = await serveWeb((_request, response) => response.writeHead(text === "" ? 500 : 200).end(text));
const cache = makeFolder();
const folder = join(cache.folder, "full-docs");
const place = { folder, source: readSource(`${web.origin}/llms.txt?key=canary`), followLinks: false };
const quiet = { signal: new AbortController().signal, tell: () => undefined };
const fill = () => fillCache(place, quiet);
const read = (version: { folder: string } | undefined) =>
  readFileSync(join(version?.folder ?? "", "llms.txt"), "utf8");

beforeEach(() => {
  text = "one";
});
afterAll(() => {
  web.close();
  cache.remove();
});

it("is empty at first, and of one source only", async () => {
  expect(await findCached(place)).toBeUndefined();
  const filled = await fill();
  expect(await findCached(place)).toEqual(filled);
  expect(Date.now() - Date.parse(filled.fetched)).toBeLessThan(10_000);
  expect(await findCached({ ...place, followLinks: true })).toBeUndefined();
  expect(await findCached({ ...place, source: readSource(`${web.origin}/other.txt`) })).toBeUndefined();
});

it("leaves the version before to who still reads it, and older ones not for long", async () => {
  const first = await fill();
  text = "two";
  const second = await fill();
  expect([read(first), read(second), read(await findCached(place))]).toEqual(["one", "two", "two"]);
  for (const { folder: old } of [first, second]) utimesSync(old, 0, 0);
  text = "three";
  await fill();
  expect(() => read(first)).toThrow("ENOENT");
  expect(read(second)).toBe("two");
});

it("keeps the version in force where a new one cannot be had", async () => {
  const before = await fill();
  text = "";
  await expect(fill()).rejects.toThrow("answered with status 500");
  expect(await findCached(place)).toEqual(before);
});

it("keeps nothing of what is called off before it is whole", async () => {
  const before = await fill();
  await expect(fillCache(place, { ...quiet, signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
  expect(await findCached(place)).toEqual(before);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});

it("is filled by two at once, and the last wins whole", async () => {
  const both = await Promise.all([fill(), fill()]);
  const current = await findCached(place);
  expect(both).toContainEqual(current);
  expect(read(current)).toBe("one");
});

it("removes what a process that was killed has left, in time", async () => {
  const [old, young] = [join(folder, "old.part"), join(folder, "young.part")];
  for (const path of [old, young]) mkdirSync(path);
  utimesSync(old, 0, 0);
  await fill();
  const names = readdirSync(folder);
  expect([names.includes("old.part"), names.includes("young.part")]).toEqual([false, true]);
});

it.each(["", "{", '{"version":"../../etc","source":""}'])(
  "takes a damaged note %j for none",
  async (note) => {
    await fill();
    writeFileSync(join(folder, "current.json"), note);
    expect(await findCached(place)).toBeUndefined();
    await fill();
    expect(read(await findCached(place))).toBe("one");
  },
);

it("writes no part of an address that may hold a secret", async () => {
  await fill();
  expect(readFileSync(join(folder, "current.json"), "utf8")).not.toContain("canary");
});

it("says that it cannot write", async () => {
  cache.write("file", "");
  const blocked = { ...place, folder: join(cache.folder, "file", "full-docs") };
  await expect(fillCache(blocked, quiet)).rejects.toThrow("cannot be written.");
});
