import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../testing/make-folder.ts";
import { cloneGit } from "./clone-git.ts";
import { readSource } from "./read-source.ts";

const work = makeFolder({ "examples/a.py": "old\n", "other/b.py": "b\n" });
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.test", "-C", work.folder, ...args], {
    encoding: "utf8",
  });
git("init", "-q", "-b", "main");
symlinkSync("/etc/passwd", join(work.folder, "examples/link.py"));
git("add", "-A");
git("commit", "-qm", "first");
git("tag", "v1");
const first = git("rev-parse", "HEAD").trim();
work.write("examples/a.py", "new\n");
git("commit", "-qam", "second");

const made = [work];
const { PATH } = process.env;

afterEach(() => {
  process.env["PATH"] = PATH;
  delete process.env["FLYTE_API_KEY"];
});
afterAll(() => {
  for (const each of made) each.remove();
});

const heard: string[] = [];
async function clone(given: string) {
  heard.length = 0;
  const cache = makeFolder();
  made.push(cache);
  const target = join(cache.folder, "fresh");
  const fetch = { signal: new AbortController().signal, tell: (message: string) => heard.push(message) };
  await cloneGit(readSource(given), target, fetch).finally(() => {
    expect(readdirSync(cache.folder).filter((name) => name !== "fresh")).toEqual([]);
  });
  return target;
}

/** A program in place of git, which says something and does something. */
function playGit(script: string) {
  const bin = makeFolder({ git: `#!/bin/sh\n${script}\n` });
  made.push(bin);
  chmodSync(join(bin.folder, "git"), 0o755);
  process.env["PATH"] = `${bin.folder}:${PATH}`;
}

it.each([
  ["the newest commit", "", "new\n"],
  ["a branch", "main", "new\n"],
  ["a tag", "v1", "old\n"],
  ["a commit", first, "old\n"],
])("writes the files of %s", async (_what, ref, text) => {
  const target = await clone(`${work.folder}/.git#${ref}:examples`);
  expect(readFileSync(join(target, "a.py"), "utf8")).toBe(text);
  expect(readdirSync(target)).toEqual(["a.py"]);
  expect(lstatSync(target).isDirectory()).toBe(true);
});

it("writes all folders where none is named", async () => {
  expect(readdirSync(await clone(`${work.folder}/.git`)).sort()).toEqual(["examples", "other"]);
});

it("does not hand the server's credentials on to git, nor let it ask for any", async () => {
  process.env["FLYTE_API_KEY"] = "canary";
  playGit('echo "fatal: $FLYTE_API_KEY|$GIT_TERMINAL_PROMPT|$GIT_SSH_COMMAND" >&2; exit 128');
  await expect(clone("https://git.test/a.git")).rejects.toThrow(
    "git could not fetch https://git.test/a.git: |0|ssh -oBatchMode=yes",
  );
});

it("hides a login that git repeats", async () => {
  playGit("echo \"fatal: unable to access 'https://me:canary@git.test/a.git/': no\" >&2; exit 128");
  await expect(clone("https://me:canary@git.test/a.git")).rejects.toThrow(
    "git could not fetch https://git.test/a.git: unable to access 'https://git.test/a.git/': no",
  );
});

it("says how far it is, and ends what is too large", async () => {
  playGit(
    'case "$*" in *fetch*) printf "Receiving objects:  40%% (2/5), 12.00 MiB | 1.00 MiB/s\\rReceiving objects:  60%% (3/5), 1.20 GiB | 9.00 MiB/s\\r" >&2; exec sleep 60;; esac',
  );
  await expect(clone("https://git.test/a.git")).rejects.toThrow(
    "https://git.test/a.git is larger than 256 MiB.",
  );
  expect(heard).toEqual(["Fetching https://git.test/a.git", "Received 60% of https://git.test/a.git"]);
});

it("says that there is no git", async () => {
  process.env["PATH"] = "/nowhere";
  await expect(clone("https://git.test/a.git")).rejects.toThrow("git is not installed");
});
