// Index, load, search in every mode and rank, beside a scan in the same run: npm run build && node --expose-gc
// bench/search.mjs [folder] [questions.json]. Without a folder it makes a corpus of 1,000 files and 5 MB.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describeFound } from "../packages/search/dist/describe-found.js";
import { openLibrary } from "../packages/search/dist/engine/open-library.js";
import { runSearch } from "../packages/search/dist/engine/run-search.js";
import { textOf } from "../packages/search/dist/engine/snapshot.js";
import { makeCorpus } from "./search/make-corpus.mjs";
import { countVerbatim, hitRates } from "./search/ranking.mjs";
import { noteRatio } from "./ratio.mjs";

const SERVER = fileURLToPath(new URL("../apps/stdio/dist/main.js", import.meta.url));
const HOSTILE = [
  "(a|a)+b",
  "(x+x+)+y",
  "((a{1,30}){1,30})b",
  "(.*)(.*)(.*)(.*)(.*)=zq",
  "^(([a-z])+.)+[A-Z]([a-z])+$",
];
const work = mkdtempSync(join(tmpdir(), "flyte-mcp-bench-"));
const root = resolve(process.argv[2] ?? join(work, "corpus"));
const questions = process.argv[2] ? readQuestions(process.argv[3]) : makeCorpus(root);
const place = { root, indexFile: join(work, "corpus.index") };
const context = { limit: 5, before_context_lines: 2, after_context_lines: 8 };
const { signal } = new AbortController();

function readQuestions(file) {
  return file === undefined ? [] : JSON.parse(readFileSync(file, "utf8"));
}

function memory() {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

async function time(work) {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}

const at = (numbers, share) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];
const say = (name, numbers) =>
  console.log(
    `${name.padEnd(24)} p50 ${at(numbers, 0.5).toFixed(1)} ms, p99 ${at(numbers, 0.99).toFixed(1)} ms`,
  );

const build = await time(() => openLibrary(place, () => {}));
const before = memory();
const load = await time(() => openLibrary(place, () => {}));
const library = load.result;
const kept = memory() - before;
const { snapshot, files } = library;
console.log(
  `${files.size} files, ${(snapshot.bytes.length / 1e6).toFixed(1)} MB, left out ${JSON.stringify(snapshot.skipped)}`,
);
console.log(
  `index built and stored in ${build.ms.toFixed(0)} ms, ${(statSync(place.indexFile).size / 1e6).toFixed(1)} MB with the texts; loaded in ${load.ms.toFixed(0)} ms, ${kept.toFixed(1)} MB in memory`,
);

const words =
  questions.length > 0
    ? questions.map((question) => question.words)
    : ["retry backoff", "cron schedule", "cache", "train model", "secret"];
const regexes =
  questions.length > 0
    ? questions.map((question) => question.regex)
    : ["def .*retry", "Cron\\(", "class \\w+Model"];
const literals = words.flatMap((text) => text.split(" "));
const search = async (pattern, mode) => {
  const found = await runSearch({ pattern, mode, signal }, library);
  return describeFound(found, library, context);
};

async function measure(mode, patterns) {
  for (const pattern of patterns) await search(pattern, mode);
  const times = [];
  for (let round = 0; round < 10; round++)
    for (const pattern of patterns) times.push((await time(() => search(pattern, mode))).ms);
  say(`${mode} (${patterns.length} patterns)`, times);
  return times;
}

const texted = await measure("text", words);
await measure("literal", literals);
await measure("auto", [...words, ...literals]);
await measure("regex", regexes);
const texts = snapshot.entries.map((entry) => textOf(snapshot, entry));
const scans = [];
for (const pattern of [...words, ...regexes]) {
  const scan = () =>
    texts.map((text) => text.split("\n").filter((line) => new RegExp(pattern).test(line)).length);
  scans.push((await time(scan)).ms);
}
say("full regex scan (JS)", scans);
const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
noteRatio("search: by words", middle(texted), middle(scans), "ms", "a scan of all texts");
for (const pattern of HOSTILE) {
  const { ms } = await time(() => search(pattern, "regex"));
  console.log(`hostile ${pattern.padEnd(34)} ${ms.toFixed(0)} ms`);
}

/** From the spawn of a server to the answer of its first search, and without the start. */
function firstSearch() {
  const args = [
    SERVER,
    "--sandbox",
    "--tool-groups",
    "search",
    "--sdk-examples-path",
    root,
    "--corpus-cache",
    join(work, "cache"),
  ];
  const child = spawn(process.execPath, args, {
    stdio: ["pipe", "pipe", "ignore"],
    env: { PATH: process.env.PATH, HOME: work },
  });
  const send = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const params = {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "bench", version: "0" },
  };
  const call = { name: "search_flyte_sdk_examples", arguments: { pattern: words[0] } };
  let [text, asked] = ["", 0];
  return new Promise((done) => {
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (asked === 0 && text.includes('"id":1')) {
        asked = performance.now();
        send({ method: "notifications/initialized" });
        send({ id: 2, method: "tools/call", params: call });
      }
      if (!text.endsWith("\n") || !text.includes('"id":2')) return;
      child.kill();
      done(performance.now() - asked);
    });
    send({ id: 1, method: "initialize", params });
  });
}
console.log(`first search after start, without an index: ${(await firstSearch()).toFixed(0)} ms`);
const firsts = [];
for (let round = 0; round < 5; round++) firsts.push(await firstSearch());
say("with a stored index", firsts);

if (questions.length > 0) {
  console.log(
    `\nhit rates of ${questions.length} questions (keywords word for word in their file: ${countVerbatim(questions, library)}): kind, ranking, at 1, at 3`,
  );
  for (const row of await hitRates(questions, library))
    console.log(`${row.kind.padEnd(10)}${row.name.padEnd(24)}${row.at1.toFixed(2)}  ${row.at3.toFixed(2)}`);
}
rmSync(work, { recursive: true, force: true });
