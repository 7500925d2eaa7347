// What str.isprintable of Python says no to.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const SHORT: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text as Python's `repr` writes it; `None` for undefined. */
export function pythonRepr(text: string | undefined): string {
  if (text === undefined) return "None";
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + [...text].map((letter) => escapeLetter(letter, quote)).join("") + quote;
}

function escapeLetter(letter: string, quote: string): string {
  if (letter === quote) return `\\${quote}`;
  const short = SHORT[letter];
  if (short !== undefined) return short;
  if (!UNPRINTABLE.test(letter)) return letter;
  const hex = (letter.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
