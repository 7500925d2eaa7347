import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  modify,
  parse,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import type { Entry } from "../launch.ts";
import type { Editor } from "./editor.ts";

/** JSON as editors write it: comments and trailing commas are allowed, and not a byte of what is not ours moves. */
export const jsonEditor: Editor = {
  read(text) {
    if (text.trim() === "") return {};
    const errors: ParseError[] = [];
    const whole: unknown = parse(text, errors, { allowTrailingComma: true });
    const [first] = errors;
    if (first) throw new Error(`${inWords(first)} at ${place(text, first.offset)}`);
    if (typeof whole !== "object" || whole === null || Array.isArray(whole))
      throw new Error("it does not hold an object");
    return whole as Entry;
  },
  write(text, path, entry) {
    const begun = text.trim() === "" ? "{}\n" : text;
    if (entry === undefined) return applyEdits(begun, modify(begun, [...path], undefined, {}));
    if (findNodeAtLocation(treeOf(begun), [...path]) === undefined) return set(begun, path, entry);
    return Object.entries(entry).reduce((now, [key, value]) => set(now, [...path, key], value), begun);
  },
};

/** Sets one key, below objects that are made where they are missing. */
function set(text: string, path: readonly string[], value: unknown): string {
  const tree = treeOf(text);
  const node = findNodeAtLocation(tree, [...path]);
  if (node) return isSame(node, value) ? text : replace(text, node, path.length, value);
  let depth = path.length - 1;
  while (depth > 0 && !findNodeAtLocation(tree, path.slice(0, depth))) depth -= 1;
  const parent = depth === 0 ? tree : findNodeAtLocation(tree, path.slice(0, depth));
  const inner = path.slice(depth + 1).reduceRight<unknown>((below, key) => ({ [key]: below }), value);
  return insert(text, parent ?? tree, depth, [path[depth] ?? "", inner]);
}

/** Puts a property first: what stands behind the others, such as a comment, stays with them. */
function insert(text: string, parent: Node, depth: number, [key, value]: [string, unknown]): string {
  const { unit, eol } = styleOf(text);
  const isEmpty = (parent.children ?? []).length === 0;
  const property = `${JSON.stringify(key)}: ${write(value, depth + 1, text)}`;
  const inside = `${eol}${unit.repeat(depth + 1)}${property}`;
  const brace = parent.offset + 1;
  if (isEmpty) {
    const end = parent.offset + parent.length - 1;
    const kept = text.slice(brace, end).trimEnd();
    return `${text.slice(0, brace)}${kept}${inside}${eol}${unit.repeat(depth)}${text.slice(end)}`;
  }
  const [remark = ""] = /^[ \t]*\/\/[^\r\n]*/.exec(text.slice(brace)) ?? [];
  const at = brace + remark.length;
  return `${text.slice(0, at)}${inside},${text.slice(at)}`;
}

function replace(text: string, { offset, length }: Node, depth: number, value: unknown): string {
  return `${text.slice(0, offset)}${write(value, depth, text)}${text.slice(offset + length)}`;
}

/** A value in the style of the text around it. */
function write(value: unknown, depth: number, text: string): string {
  const { unit, eol } = styleOf(text);
  return JSON.stringify(value, null, unit)
    .split("\n")
    .join(`${eol}${unit.repeat(depth)}`);
}

function styleOf(text: string): { unit: string; eol: string } {
  const [, unit = "  "] = /^([ \t]+)["}]/m.exec(text) ?? [];
  return { unit, eol: text.includes("\r\n") ? "\r\n" : "\n" };
}

function isSame(node: Node, value: unknown): boolean {
  return JSON.stringify(getNodeValue(node)) === JSON.stringify(value);
}

/** `ValueExpected` -> `value expected`. */
function inWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
}

function treeOf(text: string): Node {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  if (!tree) throw new Error("it does not hold an object");
  return tree;
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
}
