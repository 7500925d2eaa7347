import { isIP } from "node:net";
import { createSettingsError } from "../settings/settings-error.ts";

export interface Endpoint {
  /** Scheme, host, port and path prefix, without a trailing slash. */
  url: string;
  host: string;
  isSecure: boolean;
  isLoopback: boolean;
}

/** Reads the forms of an endpoint that the flyte CLI knows; `insecure` decides for forms without a scheme. */
export function parseEndpoint(text: string, insecure: boolean | undefined): Endpoint {
  const bare = text.trim().replace(/^dns:\/\/\//, "");
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(bare)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") throw refuse(`scheme "${scheme}"`);
  const url = parseUrl(scheme ? bare : `https://${bare}`);
  if (url.username || url.password) throw refuse("user name or password");
  if (url.search || bare.includes("?")) throw refuse("query");
  if (url.hash || bare.includes("#")) throw refuse("fragment");
  const isLoopback = isLoopbackHost(url.hostname);
  const isSecure = scheme ? scheme === "https" : !(insecure ?? isLoopback);
  const path = url.pathname.replace(/\/+$/, "");
  // A port that `https:` swallows as its default must stay when the scheme turns out to be http.
  const host = scheme ? url.host : (/^[^/]+/.exec(bare)?.[0] ?? url.host);
  return { url: `${isSecure ? "https" : "http"}://${host}${path}`, host, isSecure, isLoopback };
}

export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || /^127(\.\d+){3}$/.test(name);
}

/** The organization that a hosted plane's address implies: its first label when there are more than two. */
export function impliedOrg(endpoint: Endpoint): string {
  const name = endpoint.host.replace(/:\d+$/, "").replace(/\.$/, "").toLowerCase();
  const labels = name.split(".");
  const isPrivate = isIP(name) !== 0 || /(^|\.)(localhost|svc|internal)$|\.svc\.cluster\.local$/.test(name);
  return isPrivate || labels.length <= 2 ? "" : (labels[0] ?? "");
}

/** The console beside a plane, or undefined where an address inside a cluster is useless to a person. */
export function impliedConsole(endpoint: Endpoint): string | undefined {
  if (/\.svc(\.|:|$)|host\.docker\.internal|^flyte-binary-http/.test(endpoint.host)) return undefined;
  const host = endpoint.host === "localhost:8090" ? "localhost:8080" : endpoint.host;
  return `${endpoint.isSecure ? "https" : "http"}://${host}`;
}

function parseUrl(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw createSettingsError(
      `The endpoint is not an address; give host:port, https://host or http://host:port.`,
    );
  }
}

function refuse(what: string): Error {
  return createSettingsError(
    `The endpoint may not have a ${what}; give host:port, https://host or http://host:port.`,
  );
}
