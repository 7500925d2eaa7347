/** The SDK's first HTTP transport can read bodies itself, by every character set there is; ours are read before, so half a megabyte stays out. */
export const noRawBody = {
  name: "no-raw-body",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^raw-body$/ }, ({ path }) => ({ path, namespace: "no-raw-body" }));
    onLoad({ filter: /.*/, namespace: "no-raw-body" }, () => ({
      contents: 'module.exports = () => Promise.reject(new Error("bodies are read before"));',
    }));
  },
};
