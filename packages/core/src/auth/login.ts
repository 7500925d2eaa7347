import type { SendHttp } from "../client/send-http.ts";
import type { EndpointRules } from "./assert-endpoint.ts";
import type { Ask } from "./create-credential.ts";
import type { Discovered } from "./discover.ts";
import type { Tell } from "./tell.ts";
import type { SecretList } from "./secret-list.ts";

/** What a login by a person needs. */
export interface Login {
  discovered: Discovered;
  clientId: string;
  scope: string;
  audience: string;
  rules: EndpointRules;
  secrets: SecretList;
  send: SendHttp;
  ask: Ask;
  /** Tells the person at this machine something. */
  tell: Tell;
  /** Milliseconds of the token server's second: pauses between polls. */
  secondMs: number;
}
