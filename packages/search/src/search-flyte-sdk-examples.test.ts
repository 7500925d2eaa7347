import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { search } from "./index.ts";
import { EXAMPLES, makeFolder } from "./testing/make-folder.ts";

const TOOL = "search_flyte_sdk_examples";
const corpus = makeFolder(EXAMPLES);
const cache = makeFolder();
const outside = makeFolder({ "secret.py": "canary = 1\n" });
symlinkSync(join(outside.folder, "secret.py"), join(corpus.folder, "link.py"));

const client = await connectClient({
  groups: [search({ sdk_examples: { path: corpus.folder }, cacheDir: cache.folder })],
  flyte: playFlyte(() => undefined),
});

interface Answer {
  mode: string;
  files_matched: number;
  results: { path: string; title?: string; matching_lines?: number; excerpt: string }[];
  [field: string]: unknown;
}
const ask = async (args: Record<string, unknown>) => (await client.answer(TOOL, args)) as unknown as Answer;
const paths = ({ results }: Answer) => results.map(({ path }) => path);

afterAll(async () => {
  await client.close();
  for (const made of [corpus, cache, outside]) made.remove();
});

describe("search_flyte_sdk_examples", () => {
  it("finds what has all words first, with its lines", async () => {
    const answer = await ask({ pattern: "cron schedule" });
    expect(answer).toMatchObject({ mode: "text", files_matched: 1 });
    expect(answer.results[0]).toMatchObject({
      path: "triggers/basic.py",
      title: "Run a task on a schedule.",
    });
    expect(answer.results[0]?.excerpt).toContain(
      "5: trigger = flyte.Trigger('daily', flyte.Cron('0 3 * * *'))",
    );
  });

  it.each([
    ["another form of a word", "retrying", "retries/backoff.py"],
    ["a part of an identifier", "strategy", "retries/backoff.py"],
    ["an identifier in another case", "retry_strategy", "retries/backoff.py"],
    ["a related word", "periodic", "triggers/basic.py"],
    ["a folder's name", "apps", "apps/dashboard.py"],
    ["a whole question", "How do I run a task on a schedule?", "triggers/basic.py"],
  ])("understands %s", async (_what, pattern, path) => {
    expect(paths(await ask({ pattern }))[0]).toBe(path);
  });

  it("says what it took a misspelled word for", async () => {
    const answer = await ask({ pattern: "streamlti" });
    expect(answer).toMatchObject({ read_as: { streamlti: "streamlit" } });
    expect(paths(answer)).toEqual(["apps/dashboard.py"]);
  });

  it("takes what looks like a regular expression for one, and code for itself", async () => {
    expect(await ask({ pattern: "async def \\w+\\(n" })).toMatchObject({
      mode: "regex",
      files_matched: 1,
      results: [{ path: "retries/backoff.py", matching_lines: 1 }],
    });
    const code = await ask({ pattern: "flyte.Cron('0" });
    expect(code).toMatchObject({ mode: "literal", results: [{ path: "triggers/basic.py" }] });
  });

  it("finds words where neither code nor expression is found as it stands", async () => {
    const answer = await ask({ pattern: "streamlit.title(" });
    expect(answer).toMatchObject({ mode: "text", results: [{ path: "apps/dashboard.py" }] });
  });

  it("merges the lines around matches and marks those that match", async () => {
    const { results } = await ask({
      pattern: "flyte",
      mode: "literal",
      path: "retries",
      before_context_lines: 1,
      after_context_lines: 1,
    });
    expect(results).toEqual([
      {
        path: "retries/backoff.py",
        title: "Wait longer between attempts.",
        matching_lines: 3,
        excerpt: [
          '1- """Wait longer between attempts."""',
          "2: import flyte",
          "3- ",
          "4: env = flyte.TaskEnvironment(name='retry')",
          "5- ",
          "6: @env.task(retries=flyte.RetryStrategy(count=3))",
          "7- async def flaky(n: int) -> int:",
        ].join("\n"),
      },
    ]);
  });

  it("counts all files and shows as many as asked for", async () => {
    const answer = await ask({ pattern: "flyte", mode: "regex", limit: 1 });
    expect(answer.files_matched).toBe(2);
    expect(answer.results).toHaveLength(1);
  });

  it("leaves out locks, data, binary, generated and huge files and links, and says so", async () => {
    const answer = await ask({ pattern: "cron", mode: "literal" });
    expect(paths(answer).sort()).toEqual(["apps/dashboard.py", "triggers/basic.py"]);
    expect(answer["left_out"]).toEqual({ lock_or_generated: 2, data: 1, binary: 1, too_large: 1, links: 1 });
    expect(await ask({ pattern: "canary" })).toMatchObject({ files_matched: 0 });
  });

  it("suggests what to try when nothing matches", async () => {
    const { note } = await ask({ pattern: "cron zebra", mode: "literal", path: "nowhere" });
    expect(note).toMatch(/Nothing matched.*"cron".*Leave out `path`.*mode "text"/);
  });

  it("refuses a pattern that is none, too long or not linear", async () => {
    expect(await client.failure(TOOL, { pattern: "(a", mode: "regex" })).toMatch(
      /no regular expression.*literal/,
    );
    expect(await client.failure(TOOL, { pattern: "a(?=b)", mode: "regex" })).toContain("no look-around");
    expect(await client.failure(TOOL, { pattern: "x".repeat(201) })).toMatch(/pattern: .*200/);
  });

  it("notices a changed corpus", async () => {
    const changing = makeFolder({ "a.py": "first = 1\n" });
    const other = await connectClient({
      groups: [search({ sdk_examples: { path: changing.folder }, cacheDir: cache.folder })],
      flyte: playFlyte(() => undefined),
    });
    expect(await other.answer(TOOL, { pattern: "first" })).toMatchObject({ files_matched: 1 });
    changing.write("b.py", "second = 2\n");
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    expect(await other.answer(TOOL, { pattern: "second" })).toMatchObject({ files_matched: 1 });
    changing.remove();
  }, 10_000);
});
