import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const CONTENTS = `
  const all = require("./v4/classic/external.cjs");
  module.exports = Object.create(all, { z: { value: all }, default: { value: all }, __esModule: { value: true } });
`;

/**
 * The SDK takes schemas of Zod 3 and of Zod's small edition as well; all of ours are of the large one, whose functions do the same.
 * Zod's own entries copy its two hundred and fifty exports one by one from file to file, and are gone round.
 */
export const oneZod = {
  name: "one-zod",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod(\/v4|\/v4-mini|\/v3)?$/ }, ({ resolveDir }) => ({
      path: dirname(createRequire(join(resolveDir, "any.js")).resolve("zod")),
      namespace: "one-zod",
    }));
    onLoad({ filter: /.*/, namespace: "one-zod" }, ({ path }) => ({ contents: CONTENTS, resolveDir: path }));
  },
};
