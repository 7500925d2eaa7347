/** A login that the plane demands, and how its own small OAuth issuer behaves; every field has a default. */
export interface LoginOptions {
  /** The client that may log in (default `flyte-mcp`). */
  clientId?: string;
  /** What that client needs for a token of its own, without a person; when left out it cannot have one. */
  clientSecret?: string;
  /** Seconds after which the plane refuses a token (default 3600). */
  tokenAgeS?: number;
  /** Seconds that the issuer says a token lives (default: as long as it does). */
  toldAgeS?: number;
  /** The header that the plane reads and advertises (default `authorization`). */
  metadataKey?: string;
  /** Where browsers are sent back to (default `http://localhost:53593/callback`). */
  redirectUri?: string;
  /** How a call without a valid token is turned away (default `unauthenticated`). */
  refusal?: "unauthenticated" | "permission denied" | "redirect" | "html";
  /** A refresh brings a new refresh token and ends the old one (default true); else the reply names none. */
  rotates?: boolean;
  /** Seconds between polls of the device flow; when left out the reply does not name any. */
  pollIntervalS?: number;
  /** Seconds that a device code lives (default 600). */
  deviceAgeS?: number;
  /** What the first polls of a device code are answered, in turn, e.g. `slow_down` or an HTTP status. */
  pollAnswers?: readonly (string | number)[];
  /** Where the token endpoint is said to be (default: at the plane). */
  tokenEndpoint?: string;
}
