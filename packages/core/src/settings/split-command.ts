import { createSettingsError } from "./settings-error.ts";

// A piece of a word: in single quotes, in double ones, a character after a backslash, or bare; or the space between words.
const PIECE = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)|(\s+)/y;

/** Splits a command line as a shell does, without running or expanding anything. Throws a settings error. */
export function splitCommand(text: string, from: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const line = text.trim();
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < line.length) {
    const piece = PIECE.exec(line);
    // The text stays out of the sentence: a command may have a secret among its arguments.
    if (!piece)
      throw createSettingsError(`${from} has a quote that is not closed; it must be a command line.`);
    const [, single, double, escaped, bare, space] = piece;
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word = `${word ?? ""}${single ?? double?.replace(/\\([\\"$`])/g, "$1") ?? escaped ?? bare}`;
  }
  return word === undefined ? words : [...words, word];
}
