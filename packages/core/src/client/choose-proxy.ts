import { secretForms } from "../errors/redact.ts";
import { createSettingsError } from "../settings/settings-error.ts";
import { isLoopbackHost } from "./endpoint.ts";
import { isExempt } from "./no-proxy.ts";

export interface Proxy {
  isSecure: boolean;
  hostname: string;
  port: number;
  /** Its address without credentials, for texts. */
  name: string;
  /** The value of `proxy-authorization`. */
  authorization: string | undefined;
}

export interface ProxySources {
  /** The proxy that the settings name. */
  httpProxy?: string | undefined;
  env: Record<string, string | undefined>;
}

/** The proxy for a URL, or undefined for the direct way. Throws a settings error on an address that is none. */
export type ChooseProxy = (url: URL) => Proxy | undefined;

/** The proxy of the settings, else of HTTPS_PROXY or HTTP_PROXY, less NO_PROXY; loopback only goes through one that the settings name. */
export function createProxyChoice({ httpProxy, env }: ProxySources): ChooseProxy {
  const told = httpProxy === undefined ? undefined : parseProxy(httpProxy, "--http-proxy");
  const noProxy = env["no_proxy"] || env["NO_PROXY"] || "";
  return (url) => {
    if (isExempt(url, noProxy)) return undefined;
    if (told) return told;
    if (isLoopbackHost(url.hostname)) return undefined;
    const name = url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
    const text = env[name.toLowerCase()] || env[name];
    return text ? parseProxy(text, name) : undefined;
  };
}

/** What no text may show of all proxies that are named anywhere, whether one is used or not. */
export function proxySecrets({ httpProxy, env }: ProxySources): string[] {
  const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
  const texts = [httpProxy, ...names.map((name) => env[name])].filter((text) => text !== undefined);
  return [...new Set(texts.flatMap((text) => secretsOf(tryParse(withScheme(text)), text)))];
}

function parseProxy(text: string, from: string): Proxy {
  const refuse = (what: string) =>
    createSettingsError(
      `The proxy in ${from} ${what}; give http://host:port or http://user:password@host:port.`,
    );
  const url = tryParse(withScheme(text));
  if (!url) throw refuse("is not an address");
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refuse("is not an HTTP proxy");
  const isSecure = url.protocol === "https:";
  const port = Number(url.port || (isSecure ? 443 : 80));
  const credentials = credentialsOf(url);
  return {
    isSecure,
    hostname: url.hostname.replace(/^\[|\]$/g, ""),
    port,
    name: `${url.hostname}:${port}`,
    authorization: credentials && `Basic ${Buffer.from(credentials).toString("base64")}`,
  };
}

function withScheme(text: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
}

function credentialsOf({ username, password }: URL): string | undefined {
  return username || password ? `${decode(username)}:${decode(password)}` : undefined;
}

function secretsOf(url: URL | undefined, text: string): string[] {
  const credentials = url && credentialsOf(url);
  if (!url || credentials === undefined) return [];
  const basic = `Basic ${Buffer.from(credentials).toString("base64")}`;
  // As it is written, too: a URL writes some characters in another way.
  const written = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(.*)@/i.exec(text)?.[1] ?? "";
  return [written, ...secretForms(basic), `${url.username}:${url.password}`];
}

function tryParse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
