import { createToolError } from "@flyte-mcp/core";

const OPENING = /^# \/\/\/ ([a-zA-Z0-9-]+)$/;
const CLOSING = "# ///";

/** The largest script that is read, in bytes. */
export const MOST_SCRIPT_BYTES = 1_048_576;

/** The TOML of a script's one `script` block, found as PEP 723 says; throws a tool error where there is none or more than one. */
export function readScriptBlock(script: string): string {
  assertSize(script);
  const lines = script.split(/\r\n|\r|\n/);
  const blocks = findBlocks(lines);
  const [first, second] = blocks;
  if (first === undefined) throw missingBlock(lines);
  if (second !== undefined)
    throw refuse("The script has more than one `# /// script` block.", "Keep one of them.");
  return first;
}

function assertSize(script: string): void {
  const size = Buffer.byteLength(script);
  if (size <= MOST_SCRIPT_BYTES) return;
  const message = `The script has ${size} bytes; at most ${MOST_SCRIPT_BYTES} are taken.`;
  throw refuse(message, "Move data out of it, e.g. into a file that the script reads.");
}

function findBlocks(lines: readonly string[]): string[] {
  const closings = findClosings(lines);
  const found: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const kind = OPENING.exec(lines[index] ?? "")?.[1];
    // A block has a content line at least, so one that ends where its content begins is none.
    const closing = closings[index + 1];
    if (kind === undefined || closing === undefined || closing === index + 1) continue;
    const content = lines.slice(index + 1, closing).map((line) => line.slice(2));
    if (kind === "script") found.push(content.join("\n"));
    index = closing;
  }
  return found;
}

/** For each line the closing line that is furthest down in its run of comment lines. */
function findClosings(lines: readonly string[]): (number | undefined)[] {
  const closings = new Array<number | undefined>(lines.length + 1);
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? "";
    if (line !== "#" && !line.startsWith("# ")) continue;
    closings[index] = closings[index + 1] ?? (line === CLOSING ? index : undefined);
  }
  return closings;
}

function missingBlock(lines: readonly string[]): Error {
  const isNear = lines.some((line) => /^[\s\uFEFF]*#\s*\/\/\/\s*script\s*$/i.test(line));
  const message = isNear
    ? "The script's `# /// script` block is not one as PEP 723 defines it."
    : "The script has no `# /// script` block.";
  const hint =
    'It begins with a line that is exactly "# /// script" and ends with "# ///"; every line between is "#" or begins with "# ", e.g. # dependencies = ["httpx"].';
  return refuse(message, hint);
}

function refuse(message: string, hint: string): Error {
  return createToolError({ code: "invalid_argument", message, hint });
}
