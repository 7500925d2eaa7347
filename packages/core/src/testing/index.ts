export { checkConventions } from "./check-conventions.ts";
export { connectClient } from "./connect-client.ts";
export type { CallOptions, TestClient, TestClientOptions } from "./connect-client.ts";
export { playFlyte } from "./play-flyte.ts";
export { errorCodes } from "../errors/codes.ts";
export type { ErrorCode } from "../errors/codes.ts";
