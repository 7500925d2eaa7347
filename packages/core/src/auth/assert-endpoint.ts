import { isLoopbackHost } from "../client/endpoint.ts";
import { createToolError } from "../errors/tool-error.ts";

/** What the addresses that a plane advertises are held to: it decides where our secrets go. */
export interface EndpointRules {
  /** Whether the plane itself is on this machine. */
  isLoopback: boolean;
  /** Hosts, or ends of host names, that may be given credentials; any when undefined. */
  suffixes: readonly string[] | undefined;
}

/** Throws a tool error unless credentials may go to an advertised address. */
export function assertEndpoint(text: string, what: string, { isLoopback, suffixes }: EndpointRules): URL {
  const url = parse(text);
  if (!url) throw refuse(`The ${what} that Flyte advertises is not an address.`);
  const isLocal = isLoopback && isLoopbackHost(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal)) {
    throw refuse(
      `The ${what} that Flyte advertises, on ${url.host}, is not https; credentials do not go there.`,
    );
  }
  if (url.username || url.password) throw refuse(`The ${what} that Flyte advertises has a user name in it.`);
  if (suffixes && !suffixes.some((suffix) => isBelow(url.hostname, suffix))) {
    throw refuse(
      `The ${what} that Flyte advertises is on ${url.host}, which is not on this server's list of token endpoints.`,
      "The list is --allowed-token-endpoint-suffixes.",
    );
  }
  return url;
}

function isBelow(host: string, suffix: string): boolean {
  const bare = suffix.toLowerCase().replace(/^[*.]+/, "");
  return host === bare || host.endsWith(`.${bare}`);
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function refuse(message: string, hint = "Check that the endpoint is the Flyte that you mean."): Error {
  return createToolError({ code: "unauthenticated", message, hint });
}
