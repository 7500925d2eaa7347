import type { Entry } from "./snapshot.ts";

/** A text above this is ranked by its sections: a whole site in one file would match anything. */
const LONG = 24 * 1024;
const LEAST_SECTION = 1_500;
const MOST_TITLE = 120;
const PROSE = /\.(md|mdx|rst|txt)$/i;

/** One entry of a text, or several of a long one: prose is split at its headings, code where a block begins. */
export function splitSections(path: string, bytes: Buffer): Entry[] {
  const text = bytes.toString("utf8");
  if (bytes.length <= LONG) return [{ path, title: titleOf(text, path), from: 0, to: bytes.length, line: 1 }];
  const isProse = PROSE.test(path);
  const isStart = (line: string) =>
    isProse ? /^#{1,3}\s/.test(line) : /^(async def|def|class|@|export|function)\b/.test(line);
  const sections: Entry[] = [];
  let [begin, line, size] = [0, 1, 0];
  const lines = text.split("\n");
  let heading = titleOf(text, path);
  const close = (end: number, next: number) => {
    sections.push({ path, title: heading, from: begin, to: end, line });
    [begin, line] = [end, next];
  };
  for (const [index, row] of lines.entries()) {
    const isFull = size - begin >= LEAST_SECTION;
    if (isFull && (isStart(row) || size - begin > LONG)) close(size, index + 1);
    if (isProse && isStart(row) && size === begin) heading = clean(row);
    size += Buffer.byteLength(row) + 1;
  }
  close(bytes.length, lines.length);
  return sections;
}

/** What a text calls itself: its first heading, or the first sentence of its first comment. */
function titleOf(text: string, path: string): string {
  const head = text.slice(0, 3000);
  if (/\.(md|mdx|rst|txt|ipynb)$/i.test(path)) {
    const heading = /^#{1,3}\s+(.+)$/m.exec(head) ?? /^title:\s*(.+)$/m.exec(head);
    return clean(heading?.[1] ?? "");
  }
  const comment =
    /^\s*(?:"""|''')\s*([^\n"']+)/m.exec(head) ?? /^\s*(?:#|\/\/)\s+([A-Z][^\n]{10,})$/m.exec(head);
  return clean(comment?.[1] ?? "");
}

function clean(title: string): string {
  return title
    .replace(/^#+\s*/, "")
    .replaceAll(/[`*"]/g, "")
    .trim()
    .slice(0, MOST_TITLE);
}
