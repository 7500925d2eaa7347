// What the search costs and how well it ranks, on a corpus that it generates or on a folder, beside a full scan in the same run.
// Usage: node bench/search.mjs [FOLDER [QUESTIONS.json]]   (after npm run build)
// For flyte-sdk: node bench/search.mjs path/to/flyte-sdk/examples bench/search-questions.json
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { createFlyte } from "@flyte-mcp/core";
import { connectClient } from "@flyte-mcp/core/testing";
import { search } from "@flyte-mcp/search";
import { countTerms, isOwnWording, listFiles, scanByMatches, scanByWords } from "./search-baselines.mjs";
import { questions as generated, writeCorpus } from "./search-corpus.mjs";

const TOOL = "search_flyte_sdk_examples";
const ROUNDS = 5;

const connect = (folder, cacheDir) =>
  connectClient({ groups: [search({ sdk_examples: { path: folder }, cacheDir })], flyte: createFlyte({}) });

/** In a process of its own: a server's first search, and the memory it leaves. */
async function first(folder, cacheDir) {
  const { answer } = await connect(folder, cacheDir);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const began = performance.now();
  await answer(TOOL, { pattern: "cache results", mode: "text" });
  const ms = performance.now() - began;
  globalThis.gc?.();
  process.stdout.write(JSON.stringify({ ms, mib: (process.memoryUsage().rss - before) / 2 ** 20 }));
  process.exit();
}

function timeFirst(folder, cacheDir) {
  const args = ["--expose-gc", fileURLToPath(import.meta.url), "--first", folder, cacheDir];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

async function times(calls) {
  const took = [];
  for (const call of calls) {
    const began = performance.now();
    await call();
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  const at = (share) =>
    took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(1).padStart(8);
  return `p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  (${took.length} calls)`;
}

/** What a person would look for as it stands: the longest plain part of a regular expression. */
const literalOf = (regex) => regex.split(/\\\w|[^\w ]+/).sort((a, b) => b.length - a.length)[0];

function rates(ranked) {
  const at = (most) =>
    ranked.filter(({ paths, expect }) => paths.slice(0, most).some((path) => expect.includes(path)));
  const rate = (most) => (at(most).length / ranked.length).toFixed(2);
  return `hit at 1 ${rate(1)}  at 3 ${rate(3)}`;
}

async function measureTimes(folder, questions) {
  const cacheDir = mkdtempSync(join(tmpdir(), "search-cache-"));
  const cold = timeFirst(folder, cacheDir);
  const stored = [1, 2, 3, 4, 5].map(() => timeFirst(folder, cacheDir)).sort((a, b) => a.ms - b.ms)[2];
  console.log(`first search, nothing stored    ${cold.ms.toFixed(0)} ms, ${cold.mib.toFixed(0)} MiB more`);
  console.log(
    `first search, index stored      ${stored.ms.toFixed(0)} ms, ${stored.mib.toFixed(0)} MiB more`,
  );
  const { answer, close } = await connect(folder, cacheDir);
  const many = (make) =>
    Array.from({ length: ROUNDS }, () => questions.map((question) => make(question))).flat();
  const ask = (mode, pattern) => () => answer(TOOL, { pattern, mode });
  await answer(TOOL, { pattern: "warm", mode: "literal" });
  for (const [title, calls] of [
    ["text", many(({ keywords }) => ask("text", keywords))],
    ["literal", many(({ regex }) => ask("literal", literalOf(regex)))],
    ["auto", many(({ keywords }) => ask("auto", keywords))],
    ["auto, identifiers", many(({ regex }) => ask("auto", literalOf(regex)))],
    ["regex", many(({ regex }) => ask("regex", regex))],
    [
      "hostile regex",
      ["(a|a)+b", "(a+)+$", "(.*)*x", "(a?){20}a{20}"].map((pattern) => ask("regex", pattern)),
    ],
    [
      "full scan, regex",
      questions.map(
        ({ regex }) =>
          () =>
            scanByMatches(folder, regex),
      ),
    ],
    [
      "full scan, words",
      questions.map(
        ({ keywords }) =>
          () =>
            scanByWords(folder, keywords),
      ),
    ],
  ])
    console.log(`${title.padEnd(20)} ${await times(calls)}`);
  let longest = 0;
  for (const { keywords } of questions)
    longest = Math.max(longest, JSON.stringify(await answer(TOOL, { pattern: keywords })).length);
  console.log(`longest default answer ${longest} characters`);
  await close();
  return cacheDir;
}

async function measureRanking(folder, questions, cacheDir) {
  const texts = listFiles(folder).map((path) => readFileSync(join(folder, path), "utf8").toLowerCase());
  const fair = questions.filter((question) => !isOwnWording(question, texts));
  console.log(
    `${fair.length} questions, ${questions.length - fair.length} left out: answered by their own wording`,
  );
  const { answer, close } = await connect(folder, cacheDir);
  const ask = (mode, of) => async (question) => {
    const { results } = await answer(TOOL, { pattern: question[of], mode, limit: 3 });
    return results.map(({ path }) => path);
  };
  for (const [title, find] of [
    ["keywords: search, auto", ask("auto", "keywords")],
    ["keywords: search, text", ask("text", "keywords")],
    ["paraphrase: search, auto", ask("auto", "paraphrase")],
    ["paraphrase: term counting", ({ paraphrase }) => countTerms(folder, paraphrase)],
    ["keywords: term counting", ({ keywords }) => countTerms(folder, keywords)],
    ["keywords: scan, any word", ({ keywords }) => scanByWords(folder, keywords)],
    ["keywords: scan, as a regex", ({ keywords }) => scanByMatches(folder, keywords)],
    ["regex: search, auto", ask("auto", "regex")],
    ["regex: search, regex", ask("regex", "regex")],
    ["regex: scan, match count", ({ regex }) => scanByMatches(folder, regex)],
  ]) {
    const ranked = [];
    for (const question of fair) ranked.push({ ...question, paths: await find(question) });
    console.log(`${title.padEnd(28)} ${rates(ranked)}`);
    if (process.env.MISSES && title.includes("search"))
      for (const { keywords, regex, paths, expect } of ranked)
        if (!paths.some((path) => expect.includes(path)))
          console.log(`    ${keywords} /${regex}/: ${paths.join(" ")} instead of ${expect[0]}`);
  }
  await close();
}

async function measure(given, questionsFile) {
  const folder = given ? resolve(given) : mkdtempSync(join(tmpdir(), "search-corpus-"));
  if (!given) writeCorpus(folder);
  const questions = questionsFile ? JSON.parse(readFileSync(questionsFile, "utf8")).questions : generated;
  const files = listFiles(folder);
  const bytes = files.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  console.log(`${given ?? "generated corpus"}: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
  const cacheDir = await measureTimes(folder, questions);
  await measureRanking(folder, questions, cacheDir);
  rmSync(cacheDir, { recursive: true });
  if (!given) rmSync(folder, { recursive: true });
}

const [one, ...rest] = process.argv.slice(2);
await (one === "--first" ? first(...rest) : measure(one, ...rest));
