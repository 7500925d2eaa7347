export type Mode = "text" | "regex" | "literal";

/** What only a regular expression has: classes, anchors, alternatives, repeated wildcards, escapes. */
const OPERATORS =
  /\\[bBdDsSwWpPAz.()[\]{}]|\.[*+]|\[[^\]\s]+\][*+?{]?|\(\?|^\^|\$$|\w\|\w|\)\||\|\(|\)[*+?{]|\w\{\d|\w\+$|\w\*\w/;
/** What code has and prose has not. */
const CODE = /[(){}[\]=<>@"'`;]|\w\.\w|::|->|--\w|[/\\]|\w_\w.*[.(]/;

/** How a pattern is most likely meant, best guess first; the next is tried where one finds nothing. */
export function guessModes(pattern: string): readonly Mode[] {
  if (OPERATORS.test(pattern)) return ["regex", "literal", "text"];
  return CODE.test(pattern) ? ["literal", "text"] : ["text"];
}
