const LEAST = 3;
const SKIPPED = /\\[pP]\{[^}]*\}|\\[xQ]|\[\^?\]?(?:\\.|[^\]\\])*\]/g;

/**
 * Texts of which a line must contain one to match the pattern, or undefined where that cannot be told at a glance.
 * Lines without them need not be given to the engine.
 */
export function requiredTexts(pattern: string): string[] | undefined {
  // Flags may change what everything after them means, and quoted parts what is an operator.
  if (/\(\?[a-zA-Z-]|\\[QEx]/.test(pattern)) return undefined;
  const branches = splitBranches(pattern.replaceAll(SKIPPED, "."));
  const texts = branches.map((branch) => longestText(branch));
  return texts.every((text) => text.length >= LEAST) ? texts : undefined;
}

/** The alternatives of the outermost level. */
function splitBranches(pattern: string): string[] {
  const branches = [""];
  let depth = 0;
  for (const [token] of pattern.matchAll(/\\[^]|[^]/g)) {
    if (token === "(") depth++;
    if (token === ")") depth--;
    if (token === "|" && depth === 0) branches.push("");
    else branches[branches.length - 1] += token;
  }
  return branches;
}

/** The longest run of plain characters outside groups, each of which must be there as it stands. */
function longestText(branch: string): string {
  let [depth, run, longest] = [0, "", ""];
  const tokens = [...branch.matchAll(/\\[^]|\{\d*,?\d*\}|[^]/g)].map(([token]) => token);
  for (const [nth, token] of tokens.entries()) {
    if (token === "(") depth++;
    const next = tokens[nth + 1] ?? "";
    const plain = depth === 0 ? plainText(token) : undefined;
    const isRepeated = /^[*?+{]/.test(next);
    if (plain !== undefined && !isRepeated) run += plain;
    else run = "";
    if (run.length > longest.length) longest = run;
    if (token === ")") depth--;
  }
  return longest;
}

/** The character that a token stands for, or undefined for an operator or a class. */
function plainText(token: string): string | undefined {
  if (token.length === 1) return /[()[\].*+?^$|{}\\]/.test(token) ? undefined : token;
  return /^\\[^\p{L}\p{N}]$/u.test(token) ? token.slice(1) : undefined;
}
