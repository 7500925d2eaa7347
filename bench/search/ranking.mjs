// Hit rates of a question set: how often one of the expected files is among the first 1 or 3.
import FlexSearch from "flexsearch";
import { splitWords } from "../../packages/search/dist/engine/split-words.js";
import { runSearch } from "../../packages/search/dist/engine/run-search.js";
import { textOf } from "../../packages/search/dist/engine/snapshot.js";

const { signal } = new AbortController();
const isExpected = (path, expected) =>
  expected.some((one) => path === one || (one.endsWith("/") && path.startsWith(one)));

export function pathsOf(matches, library) {
  return [...new Set(matches.map(({ id }) => library.snapshot.entries[id].path))];
}

const filesOf = (library) =>
  [...library.files].map(([path, entries]) => ({
    path,
    text: entries.map((entry) => textOf(library.snapshot, entry)).join(""),
  }));

const byCount = (files, count) =>
  files
    .map((file) => ({ path: file.path, count: count(file) }))
    .filter((file) => file.count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ path }) => path);

/** How each ranking answers; all get the same files. */
export function createRankings(library) {
  const files = filesOf(library);
  const lower = files.map(({ path, text }) => ({ path, text: text.toLowerCase() }));
  const flex = createFlexSearch(files);
  const ours = async (pattern, mode) =>
    pathsOf((await runSearch({ pattern, mode, signal }, library)).matches, library);
  const scan = (pattern, flags) =>
    byCount(
      files,
      ({ text }) => text.split("\n").filter((line) => new RegExp(pattern, flags).test(line)).length,
    );
  const terms = (words) => {
    const wanted = words.toLowerCase().match(/\w+/g);
    return byCount(lower, ({ text }) => wanted.reduce((sum, word) => sum + text.split(word).length - 1, 0));
  };
  const byWords = {
    ours: (words) => ours(words, "auto"),
    "term counting": async (words) => terms(words),
    "scan by match count": async (words) => scan(words, ""),
    FlexSearch: async (words) => flex(words),
  };
  return {
    question: byWords,
    words: byWords,
    regex: {
      ours: (regex) => ours(regex, "regex"),
      "ours, mode auto": (regex) => ours(regex, "auto"),
      "scan by match count": async (regex) => scan(regex, ""),
    },
  };
}

/** FlexSearch over the same terms, path and title first, as far as its own ranking goes. */
function createFlexSearch(files) {
  const encode = (text) => splitWords(text);
  const field = (name) => ({ field: name, tokenize: "strict", encode, resolution: 9 });
  const index = new FlexSearch.Document({ document: { id: "id", index: [field("path"), field("text")] } });
  for (const [id, { path, text }] of files.entries()) index.add({ id, path, text });
  return (words) => {
    const found = index.search(words, { suggest: true, merge: true, limit: 10 });
    return found.map(({ id }) => files[id].path);
  };
}

/** How many questions stand word for word in a file that answers them: only those are found without understanding. */
export function countVerbatim(questions, library) {
  const files = filesOf(library);
  const says = ({ words, expected }) =>
    files.some(
      ({ path, text }) => isExpected(path, expected) && text.toLowerCase().includes(words.toLowerCase()),
    );
  return questions.filter(says).length;
}

export async function hitRates(questions, library) {
  const rankings = createRankings(library);
  const rows = [];
  for (const [kind, ways] of Object.entries(rankings).filter(([kind]) => questions[0][kind] !== undefined))
    for (const [name, answer] of Object.entries(ways)) {
      const places = [];
      for (const question of questions) {
        const paths = await answer(question[kind]);
        places.push(paths.findIndex((path) => isExpected(path, question.expected)));
      }
      const rate = (most) => places.filter((place) => place >= 0 && place < most).length / questions.length;
      const missed = questions
        .filter((_question, nth) => places[nth] < 0 || places[nth] > 2)
        .map((question) => question[kind]);
      rows.push({ kind, name, at1: rate(1), at3: rate(3), missed });
    }
  return rows;
}
