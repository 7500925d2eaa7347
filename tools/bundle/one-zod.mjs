/** The SDK takes schemas of Zod 3 and of Zod's small edition as well; all of ours are of the large one, whose functions do the same. */
export const oneZod = {
  name: "one-zod",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod\/(v4-mini|v3)$/ }, ({ path, resolveDir }) => ({
      path,
      namespace: "one-zod",
      pluginData: resolveDir,
    }));
    onLoad({ filter: /.*/, namespace: "one-zod" }, ({ pluginData: resolveDir }) => ({
      contents:
        'const { object, safeParse, safeParseAsync } = require("zod/v4"); Object.assign(exports, { object, safeParse, safeParseAsync });',
      resolveDir,
    }));
  },
};
