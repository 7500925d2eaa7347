export { clientPrograms } from "./clients.ts";
export type { ClientProgram } from "./clients.ts";
export type { Launch } from "./launch.ts";
export { createDeepLink, createSnippet } from "./snippet.ts";
