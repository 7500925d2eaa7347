import { parse } from "yaml";

/** In a file of its own, to be loaded only where there is a config file: bundlers hide the names of a CommonJS package that is imported dynamically. */
export const parseYaml: (text: string) => unknown = parse;
