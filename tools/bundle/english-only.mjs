const LOCALES = /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.(js|cjs)$/;

/** Zod exports its messages in forty languages as one object, which no bundler can shake; we speak one. */
export const englishOnly = {
  name: "english-only",
  setup({ onLoad }) {
    onLoad({ filter: LOCALES }, ({ path }) => ({
      contents: path.endsWith(".cjs")
        ? 'exports.en = require("./en.cjs").default;'
        : 'export { default as en } from "./en.js";',
      loader: "js",
    }));
  },
};
