// A corpus of about 1,000 files and 5 MB, the same at every run: for each topic one file that is about it, under its own
// words, and many that only say those words often; and questions in other words than the files have.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// What a file is called, says of itself and names; then keywords and a regular expression of someone who looks for it.
const TOPICS = JSON.parse(readFileSync(new URL("topics.json", import.meta.url), "utf8"));
const FILLER =
  "alpha result value batch index record column window merge offset buffer stage bucket metric sample layer matrix token region vendor invoice customer product order price station sensor reading weather river bridge garden engine rocket planet signal filter cursor marker border canvas button slider folder letter number figure corner circle square".split(
    " ",
  );

/** Numbers between 0 and 1, the same at every run. */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export function makeCorpus(folder, { files = 1_000, bytes = 5_000_000 } = {}) {
  const random = createRandom(7);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const block = (words) => {
    const [a, b, c] = [pick(words), pick(FILLER), pick(FILLER)];
    return `async def ${b}_${c}_${Math.floor(random() * 1e4)}(${c}: int, ${b}: str) -> list[str]:\n    # ${a} ${b} of ${pick(FILLER)}, then ${pick(words)}\n    ${c}s = [f"${b} {n} ${a}" for n in range(${c})]\n    return sorted(${c}s + [${b}, "${pick(FILLER)}"])\n\n`;
  };
  const body = (size, words) => {
    let text = "";
    while (text.length < size) text += block(words);
    return text;
  };
  const each = bytes / files;
  for (const { path, title, names } of TOPICS) {
    const [type, field] = names.split(" ");
    const use = `import flyte\n\nenv = flyte.TaskEnvironment(name="main")\npolicy = ${type}(${field}=3)\n\n\n@env.task(policy=policy)\nasync def main(n: int) -> int:\n    return n\n\n`;
    write(`${path}.py`, `"""${title}."""\n${use}${body(each * 0.6, FILLER)}`);
  }
  for (let nth = TOPICS.length; nth < files; nth++) {
    const { path, title, names } = TOPICS[nth % TOPICS.length];
    const said = `${path} ${title} ${names}`.toLowerCase().match(/[a-z]{3,}/g);
    // One word of a topic again and again, as in a log or a load test, so that counting alone is misled.
    const words = nth % 3 === 0 ? [...FILLER, ...FILLER] : [...FILLER.slice(0, 20), pick(said), pick(said)];
    const name = `${pick(FILLER)}_${pick(FILLER)}_${nth}`;
    const isProse = nth % 12 === 0;
    const text = isProse
      ? `# ${pick(FILLER)} ${pick(FILLER)}\n\n${body(each, words)}`
      : `"""${pick(FILLER)} ${pick(FILLER)}."""\n${body(each, words)}`;
    write(`${pick(FILLER)}/${name}.${isProse ? "md" : "py"}`, text);
  }
  write("uv.lock", "retry cron cache gpu secret\n".repeat(4_000));
  return TOPICS.map(({ path, words, regex }) => ({ words, regex, expected: [`${path}.py`] }));
}
