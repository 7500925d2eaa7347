export { readExpiry, readSubject } from "../auth/token.ts";
export { createSendHttp } from "../client/send-http.ts";
export type { SendHttp } from "../client/send-http.ts";
export { isLoopbackHost } from "../client/endpoint.ts";
export { checkCredential } from "./check-credential.ts";
export type { Verdict } from "./check-credential.ts";
export { findAuthorizationServer } from "./find-authorization-server.ts";
export type { AuthorizationServer } from "./find-authorization-server.ts";
export { watchRefusals } from "./watch-refusals.ts";
