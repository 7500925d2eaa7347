// What the search is measured against: every file read and scanned for each query, ordered as simple servers do.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The paths of all files below a folder, with slashes. */
export function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll("\\", "/"));
}

function rank(folder, count) {
  return listFiles(folder)
    .map((path) => ({ path, count: count(readFileSync(join(folder, path), "utf8")) }))
    .filter((file) => file.count > 0)
    .sort((a, b) => b.count - a.count)
    .map((file) => file.path);
}

/** Files by how many of their lines a regular expression matches. */
export function scanByMatches(folder, pattern) {
  const regex = new RegExp(pattern, "i");
  return rank(folder, (text) => text.split("\n").filter((line) => regex.test(line)).length);
}

/** Files by how many lines have one of the words. */
export function scanByWords(folder, keywords) {
  return scanByMatches(folder, wordsOf(keywords).join("|"));
}

/** Files by how often they have the words. */
export function countTerms(folder, keywords) {
  const words = wordsOf(keywords);
  return rank(folder, (text) => {
    const lower = text.toLowerCase();
    return words.reduce((sum, word) => sum + lower.split(word).length - 1, 0);
  });
}

/** Whether a question is answered by its own wording: it stands in a file as it is, or in the path of one that answers. */
export function isOwnWording({ keywords, paraphrase, expect }, texts) {
  return [keywords, paraphrase].some((wording) => {
    const words = wordsOf(wording);
    const inPath = expect.some((path) => words.every((word) => path.toLowerCase().includes(word)));
    return inPath || texts.some((text) => text.includes(wording.toLowerCase()));
  });
}

function wordsOf(keywords) {
  return keywords
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length > 2);
}
