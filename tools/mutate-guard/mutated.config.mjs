const { default: preset } = await import(new URL("../../jest.preset.js", import.meta.url).href);
const [[pattern, [, options]]] = Object.entries(preset.transform);

/** The tests of core's policy with one rule taken away. */
export default {
  ...preset,
  rootDir: new URL("../../packages/core", import.meta.url).pathname,
  transform: { [pattern]: [new URL("transform.cjs", import.meta.url).pathname, options] },
};
