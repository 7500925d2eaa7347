const { createHash } = require("node:crypto");
const { createTransformer } = require("@swc/jest");

/** What jest.preset.js does to a file, with one rule taken away where MUTATION names this file. */
module.exports.createTransformer = (options) => {
  const swc = createTransformer(options);
  const mutation = JSON.parse(process.env["MUTATION"] ?? "{}");
  const mutate = (source, path) =>
    path.endsWith(`/packages/core/src/${mutation.file}`)
      ? source.replace(mutation.text, () => mutation.instead)
      : source;
  return {
    ...swc,
    process: (source, path, more) => swc.process(mutate(source, path), path, more),
    processAsync: (source, path, more) => swc.processAsync(mutate(source, path), path, more),
    getCacheKey: (source, path, more) =>
      createHash("sha256")
        .update(mutate(source, path))
        .update(swc.getCacheKey(source, path, more))
        .digest("hex"),
  };
};
