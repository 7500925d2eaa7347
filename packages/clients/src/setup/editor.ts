import type { Entry } from "../launch.ts";

/** Reads and changes the text of a settings file without touching what it is not told to. */
export interface Editor {
  /** All that the text holds. Throws a sentence that says where it is broken. */
  read(text: string): Entry;
  /** The text with these keys of the object at `path` set, or with the whole object gone when `entry` is undefined. */
  write(text: string, path: readonly string[], entry: Entry | undefined): string;
}

/** The object at a path, or undefined where there is none. Throws when something else is there. */
export function objectAt(whole: Entry, path: readonly string[]): Entry | undefined {
  let found: Entry = whole;
  for (const [depth, key] of path.entries()) {
    const next = Object.hasOwn(found, key) ? found[key] : undefined;
    if (next === undefined) return undefined;
    if (!isObject(next))
      throw new Error(`"${path.slice(0, depth + 1).join(".")}" is not a table of settings.`);
    found = next;
  }
  return found;
}

/** The same without the object at a path. */
export function without(whole: Entry, [key = "", ...rest]: readonly string[]): Entry {
  if (!Object.hasOwn(whole, key)) return whole;
  const { [key]: inner, ...others } = whole;
  if (rest.length === 0 || !isObject(inner)) return others;
  const left = without(inner, rest);
  // A table that holds nothing more says the same as none.
  return Object.keys(left).length === 0 ? others : { ...others, [key]: left };
}

function isObject(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
