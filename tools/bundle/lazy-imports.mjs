import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { transform } from "@swc/core";
import { makeSchemasLazy } from "./lazy-schemas.mjs";

// The SDK as well, which imports a JSON schema validator that is used for what we never ask.
const LAZY =
  /[\\/]((packages|apps)[\\/][^\\/]+[\\/](src|gen)|@modelcontextprotocol[\\/]sdk[\\/]dist[\\/]esm)[\\/].*\.(ts|js)$/;
const SDK = "@modelcontextprotocol/sdk/";
const SDK_TYPES = /[\\/]sdk[\\/]dist[\\/]esm[\\/]types\.js$/;
const FROM = /\bfrom\s+["']([^"']+)["']/g;

/** Has each module of ours evaluated when something of it is first used: most of them describe messages that most sessions never send. */
export const lazyImports = {
  name: "lazy-imports",
  setup({ onResolve, onLoad, onEnd, resolve }) {
    let hasTypes = false;
    onResolve({ filter: /.*/ }, async ({ path, pluginData, ...rest }) => {
      // What is not lazy itself imports nothing that is.
      const isOther = rest.namespace === "file" && rest.kind !== "entry-point";
      if (pluginData === SEEN || isOther || path.startsWith("node:")) return undefined;
      // require() would find the SDK's other edition. The rest starts sooner as what require() finds.
      const kind = path.startsWith(SDK) ? "import-statement" : rest.kind;
      const found = await resolve(path, { ...rest, kind, namespace: "file", pluginData: SEEN });
      if (found.errors.length > 0 || found.external) return found;
      // Out of the reach of package.json, which would have them be ES modules.
      return LAZY.test(found.path) ? { path: found.path, namespace: "lazy" } : found;
    });
    onLoad({ filter: /.*/, namespace: "lazy" }, async ({ path }) => {
      const code = await toCommonJs(path, await readFile(path, "utf8"));
      const isTypes = SDK_TYPES.test(path);
      hasTypes ||= isTypes;
      const contents = isTypes ? makeSchemasLazy(code) : code;
      return { contents, loader: "js", resolveDir: dirname(path) };
    });
    // It was once looked for in vain, and all that was seen of it was a slow start.
    onEnd(() => (hasTypes ? undefined : { errors: [{ text: "the SDK's types were not made lazy" }] }));
  },
};

const SEEN = Symbol("resolved by esbuild itself");

async function toCommonJs(path, source) {
  const lazy = [...new Set([...source.matchAll(FROM)].map(([, name]) => name))];
  const { code } = await transform(source, {
    filename: path,
    swcrc: false,
    jsc: { target: "es2022", parser: { syntax: path.endsWith(".ts") ? "typescript" : "ecmascript" } },
    // An import() is esbuild's to follow.
    module: { type: "commonjs", lazy, ignoreDynamic: true },
  });
  // Where its name is not known, it is Node's, which code that was kept cannot ask: start.cjs does it.
  return code.replace(/\bimport\((?!["'`])/g, "__importHere(");
}
