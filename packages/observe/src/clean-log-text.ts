const SHOWN_CHARACTERS = 1_000;
/** What of a line is cleaned and searched; a line of megabytes must not cost seconds. */
const READ_CHARACTERS = 20_000;

const ESC = "\u001b";
const BEL = "\u0007";
/** Titles and links, colours and cursor moves, and the short escapes; each part is linear in the text. */
const ESCAPES = new RegExp(
  [
    `${ESC}[\\]PX^_][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)`,
    `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`,
    `${ESC}[ -/]*[0-~]`,
  ].join("|"),
  "g",
);
/** Nearly all lines: nothing to clean. */
const PLAIN = /^[\t -~]*$/;
/** Control codes but the tab, and what reorders or hides text. */
const CONTROLS = /[^\P{Cc}\t]|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** The lines of a message of a log stream as a terminal would show them; `isOverwritten` when the next one takes the place of the last. */
export function readMessage(message: string): { texts: string[]; isOverwritten: boolean } {
  const body = message.endsWith("\n") ? message.slice(0, -1) : message;
  // CR LF ends a line; a lone CR goes back to its beginning.
  const isOverwritten = message.endsWith("\r");
  return { texts: body.split("\n").map((line) => cleanText(lastWritten(line))), isOverwritten };
}

/** A text as it is shown: cut, and no part of a larger one that would be kept in memory with it. */
export function cutText(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text;
  const head = text.slice(0, SHOWN_CHARACTERS).replace(/[\ud800-\udbff]$/, "");
  return `${Buffer.from(head).toString()}… [cut]`;
}

/** What is left of a line that a program has written over, as progress bars do. */
function lastWritten(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === "\r") end--;
  const written = line.slice(0, end);
  return written.slice(written.lastIndexOf("\r") + 1);
}

function cleanText(text: string): string {
  const read = text.slice(0, READ_CHARACTERS);
  return PLAIN.test(read) ? read : read.replace(ESCAPES, "").replace(CONTROLS, "");
}
