import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * How a command of an image is started where the image's root is a folder: by this machine's Node in place of the image's,
 * and as the image's user where we may choose.
 */
export function createLaunch({ user }, root, words) {
  const [program, ...args] = words.map((word) => (word.startsWith("/") ? findIn(root, word) : word));
  if (process.getuid?.() !== 0) return { command: program, args };
  const [uid, gid] = user;
  return {
    command: "setpriv",
    args: [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--no-new-privs", program, ...args],
  };
}

function findIn(root, word) {
  if (word === "/nodejs/bin/node") return process.execPath;
  const path = join(root, word);
  if (!existsSync(path)) throw new Error(`The image has no ${word}`);
  return path;
}
