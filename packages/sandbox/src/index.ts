export { createSandbox } from "./create.ts";
export type { Fault, FaultKind } from "./faults/faults.ts";
export type { LoginOptions } from "./issuer/login-options.ts";
export type { LogMode, Sandbox, SandboxCall, SandboxOptions } from "./options.ts";
export type { SandboxServer, ServerOptions, ServerTls } from "./start.ts";
export { startSandbox } from "./start.ts";
export type { CertificateAndKey, Certificates } from "./tls/make-certificates.ts";
export { makeCertificates } from "./tls/make-certificates.ts";
