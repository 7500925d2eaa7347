const WORD = /[-_]([a-z0-9])/g;

/** `get_thing`, `audit-log` -> `getThing`, `auditLog`. */
export const toCamel = (name) => name.replace(WORD, (_match, letter) => letter.toUpperCase());

/** `get_thing` -> `get-thing`. */
export const toKebab = (name) => name.replaceAll("_", "-");

/** `get_thing` -> `Get thing`. */
export const toTitle = (name) => {
  const words = name.replace(/[-_]/g, " ");
  return words[0].toUpperCase() + words.slice(1);
};

/** Throws a sentence on a name that the conventions of tools would refuse. */
export function assertToolName(name) {
  if (!/^[a-z]+(_[a-z0-9]+)*$/.test(name) || name.length > 40)
    throw new Error(
      `"${name}" is no tool's name: a verb first, lower-case words joined by underscores, 40 at most`,
    );
}
