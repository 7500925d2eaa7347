export type Mode = "text" | "regex" | "literal";

/** What only a regular expression has: escapes, wildcards, anchors, alternatives, repeated groups and classes. */
const OPERATORS = [
  /\\[bBdDsSwWpPAz.()[\]{}]|\.[*+?]|\(\?|^\^|\$$/,
  /[\w)]\||\|[\w(]|\)[*+?{]|\w\{\d|\w\+$|\w\*\w|^\S*\w\?\S*$/,
  // `list[str]` and `rows[0]` are code.
  /\[\^?[^\]\s]*\w-\w[^\]\s]*\]|\[[^\]\s]+\][*+?{\w]|\[\^/,
];
/** What code has and prose has not. */
const CODE = /[(){}[\]=<>@"'`;]|\w\.\w|::|->|--\w|[/\\]|\w_\w.*[.(]/;

/** How a pattern is most likely meant, best guess first; the next is tried where one finds nothing. */
export function guessModes(pattern: string): readonly Mode[] {
  if (OPERATORS.some((operator) => operator.test(pattern))) return ["regex", "literal", "text"];
  return CODE.test(pattern) ? ["literal", "text"] : ["text"];
}
