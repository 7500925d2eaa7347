import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../testing/make-folder.ts";
import { cloneGit } from "./clone-git.ts";
import { readSource } from "./read-source.ts";

const work = makeFolder({ "big.txt": randomBytes(300_000).toString("hex"), "docs/a.md": "# A\n" });
const target = makeFolder();
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.test", "-C", work.folder, ...args]);
git("init", "-q", "-b", "main");
git("add", "-A");
git("commit", "-qm", "One");
const fetch = { signal: new AbortController().signal, tell: () => {} };
const source = readSource(`${work.folder}#main:docs`);

afterAll(() => {
  work.remove();
  target.remove();
});

it("keeps the folder asked for and nothing of git", async () => {
  const kept = join(target.folder, "kept");
  await cloneGit(source, kept, fetch);
  expect(readdirSync(target.folder)).toEqual(["kept"]);
  expect(readdirSync(kept)).toEqual(["a.md"]);
});

it("keeps nothing of what is too large", async () => {
  const before = readdirSync(target.folder);
  const cloned = cloneGit(source, join(target.folder, "large"), fetch, 200_000);
  await expect(cloned).rejects.toThrow(/is larger than 0 MiB packed and was not kept/);
  expect(readdirSync(target.folder)).toEqual(before);
});

it("ends when it is told to", async () => {
  const signal = AbortSignal.abort();
  await expect(cloneGit(source, join(target.folder, "ended"), { ...fetch, signal })).rejects.toThrow(
    /abort/i,
  );
});
