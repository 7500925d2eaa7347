import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { search } from "./index.ts";
import type { SearchOptions } from "./index.ts";
import { EXAMPLES, makeFolder } from "./testing/make-folder.ts";

const TOOL = "search_flyte_docs_examples";
const work = makeFolder({ "v2/trigger.py": EXAMPLES["triggers/basic.py"] ?? "", "v1/old.py": "cron = 1\n" });
const remotes = makeFolder();
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.test", "-C", work.folder, ...args], {
    stdio: "pipe",
  });

function publish() {
  git("add", "-A");
  git("commit", "-qm", "An example");
  git("push", "-q", join(remotes.folder, "examples.git"), "HEAD:main");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A git daemon on loopback, and its address. */
async function serveGit() {
  git("init", "-q", "-b", "main");
  execFileSync("git", ["init", "-q", "--bare", "-b", "main", join(remotes.folder, "examples.git")]);
  publish();
  const port = await freePort();
  const options = ["--export-all", "--reuseaddr", "--listen=127.0.0.1", `--port=${port}`, "--verbose"];
  const daemon = spawn("git", ["daemon", ...options, `--base-path=${remotes.folder}`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  await once(daemon.stderr, "data");
  return { daemon, url: `git://127.0.0.1:${port}/examples.git` };
}

const { daemon, url } = await serveGit();
const caches: ReturnType<typeof makeFolder>[] = [];

afterAll(async () => {
  daemon.kill();
  await once(daemon, "exit");
  for (const made of [work, remotes, ...caches]) made.remove();
});

async function connect(options: SearchOptions, cache = makeFolder()) {
  caches.push(cache);
  const group = search({ cacheDir: cache.folder, ...options });
  return { ...(await connectClient({ groups: [group], flyte: playFlyte(() => undefined) })), cache };
}

describe("search_flyte_docs_examples", () => {
  it("fetches a git repository at the first search, and only then", async () => {
    const { answer, client, cache } = await connect({ docs_examples: { source: `${url}#main:v2` } });
    await client.listTools();
    expect(readdirSync(cache.folder)).toEqual([]);
    const steps: (string | undefined)[] = [];
    const found = await answer(
      TOOL,
      { pattern: "cron" },
      { onprogress: ({ message }) => steps.push(message) },
    );
    expect(found).toMatchObject({ files_matched: 1, results: [{ path: "trigger.py" }] });
    expect([steps[0], steps.at(-1)]).toEqual([`Fetching ${url}`, "Indexing 1 files"]);
    expect(readdirSync(cache.folder)).toEqual(["docs-examples"]);
    const kept = readdirSync(join(cache.folder, "docs-examples")).map((name) =>
      name.replace(/^[0-9a-f-]{36}/, "*"),
    );
    expect(kept.sort()).toEqual(["*", "*.index", "current.json"]);
  });

  it("searches the cache without a network, and fetches anew when told to", async () => {
    const source = { docs_examples: { source: `${url}#main:v2` } };
    const { answer, cache } = await connect(source);
    await answer(TOOL, { pattern: "cron" });
    work.write("v2/fresh.py", "zebra = 1\n");
    publish();
    const offline = await connect({ ...source, fetch: false }, cache);
    expect(await offline.answer(TOOL, { pattern: "zebra" })).toMatchObject({ files_matched: 0 });
    const refreshing = await connect({ ...source, refresh: true }, cache);
    expect(await refreshing.answer(TOOL, { pattern: "zebra" })).toMatchObject({ files_matched: 1 });
  });

  it("goes on with what it has when the source is gone", async () => {
    const { cache, answer } = await connect({ docs_examples: { source: `${url}#main:v2` } });
    await answer(TOOL, { pattern: "cron" });
    const gone = await connect({ refresh: true, docs_examples: { source: `${url}#main:v2` } }, cache);
    execFileSync("mv", [join(remotes.folder, "examples.git"), join(remotes.folder, "away.git")]);
    const found = await gone.answer(TOOL, { pattern: "cron" });
    execFileSync("mv", [join(remotes.folder, "away.git"), join(remotes.folder, "examples.git")]);
    expect(found).toMatchObject({
      files_matched: 1,
      note: expect.stringContaining(`git could not fetch ${url}: `),
    });
  });

  it.each([
    ["a folder that is not in it", `${url}#main:v3`, 'There is no folder "v3"'],
    ["a way out of it", `${url}#main:../..`, "leads out of"],
    ["a branch that it has not", `${url}#none`, "git could not fetch"],
    ["a program in place of an address", "ext::touch /tmp/canary", "git could not fetch"],
  ])("says what to run after %s", async (_what, source, why) => {
    const { failure, cache } = await connect({ docs_examples: { source } });
    const said = await failure(TOOL, { pattern: "cron" });
    expect(said).toContain(why);
    expect(said).toMatch(
      /run `flyte-mcp corpus update`\. Without one, run `git clone .* start the server with `--docs-examples-path .*\[not_configured\]$/,
    );
    expect(readdirSync(cache.folder)).toEqual([]);
  });

  it("says what to run where it may not fetch", async () => {
    const { failure } = await connect({ fetch: false });
    expect(await failure(TOOL, { pattern: "cron" })).toContain("this server fetches none by itself.");
  });

  it("does not tell a login that is part of an address", async () => {
    const source = "http://user:canary@127.0.0.1:9/examples.git";
    const { failure } = await connect({ docs_examples: { source } });
    const said = await failure(TOOL, { pattern: "cron" });
    expect(said).toContain("http://127.0.0.1:9/examples.git");
    expect(said).not.toContain("canary");
  });
});
