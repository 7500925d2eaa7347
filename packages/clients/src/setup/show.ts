import { diffArrays } from "diff";

/** A comma that a line gains because another follows is no change of what it says, and the line may hold somebody's key. */
const isSameLine = (one: string, other: string) => one.replace(/,?\s*$/, "") === other.replace(/,?\s*$/, "");

/** What goes and what comes, and nothing beside it on the same line either: settings files hold keys of all kinds. */
export function showChange(before: string, after: string): string[] {
  const parts = diffArrays(before.split("\n"), after.split("\n"), { comparator: isSameLine });
  return parts.flatMap((part, index) => {
    const text = part.value.join("\n");
    const next = parts[index + 1];
    if (part.removed && next?.added) return showPair(text, next.value.join("\n"));
    if (part.removed) return sign("-", text);
    return part.added && !parts[index - 1]?.removed ? sign("+", text) : [];
  });
}

function showPair(gone: string, come: string): string[] {
  const most = Math.min(gone.length, come.length);
  let head = 0;
  while (head < most && gone[head] === come[head]) head += 1;
  let tail = 0;
  while (tail < most - head && gone.at(-1 - tail) === come.at(-1 - tail)) tail += 1;
  const middle = (text: string) => {
    const rest = text.slice(head, text.length - tail);
    const [before, behind] = [text.slice(0, head), text.slice(text.length - tail)];
    return rest.trim() === "" ? "" : `${mark(before)}${rest}${mark(behind)}`;
  };
  return [...sign("-", middle(gone)), ...sign("+", middle(come))];
}

/** Indentation is shown as it is, all else of the line only hinted at. */
function mark(text: string): string {
  return text.trim() === "" ? text : "…";
}

function sign(mark: "+" | "-", text: string): string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => `${mark} ${line}`);
}
