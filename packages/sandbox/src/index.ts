export { createSandbox } from "./create.ts";
export type { LoginOptions } from "./issuer/login-options.ts";
export type { LogMode, Sandbox, SandboxCall, SandboxOptions } from "./options.ts";
export type { SandboxServer, ServerOptions } from "./start.ts";
export { startSandbox } from "./start.ts";
