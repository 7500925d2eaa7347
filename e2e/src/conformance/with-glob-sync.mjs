// Preloaded into the conformance suite: it imports fs.globSync, which Node 20 lacks, for a command that is not used here.
import { register } from "node:module";

const FS = 'export * from "node:fs"; export const globSync = () => { throw new Error("not on this Node"); };';
const HOOKS = `
const url = "data:text/javascript," + encodeURIComponent(${JSON.stringify(FS)});
export const resolve = (specifier, context, next) =>
  specifier === "fs" && context.parentURL?.includes("/conformance/dist/")
    ? { url, shortCircuit: true }
    : next(specifier, context);
`;
register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
