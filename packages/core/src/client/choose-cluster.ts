import { isIP } from "node:net";
import { isLoopbackHost } from "./endpoint.ts";

/** The address to call for what SelectCluster answered, without a trailing slash; undefined for the control plane itself. */
export function chooseCluster(answer: string, home: string): string | undefined {
  const base = new URL(home);
  const url = parse(answer, base.protocol);
  if (!url || url.username || url.password) return undefined;
  if (hostAndPort(url) === hostAndPort(base)) return undefined;
  // Credentials that go to the plane under TLS go nowhere in clear text.
  if (base.protocol === "https:" && url.protocol !== "https:") return undefined;
  // A proxy may have changed the Host that the open-source plane echoes into a name of its own network.
  if (isInner(url.hostname) && !isInner(base.hostname)) return undefined;
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function parse(answer: string, protocol: string): URL | undefined {
  const bare = answer.trim().replace(/^dns:\/\/\//, "");
  if (bare === "") return undefined;
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? bare : `${protocol}//${bare}`);
    return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Both without the default ports: behind a proxy that ends TLS the plane takes itself for plain HTTP. */
function hostAndPort({ host }: URL): string {
  return host.replace(/:(443|80)$/, "").replace(/\.$/, "");
}

function isInner(host: string): boolean {
  if (isLoopbackHost(host)) return true;
  if (isIP(host.replace(/^\[|\]$/g, "")) !== 0) return false;
  return !host.includes(".") || /\.(svc|svc\.cluster\.local|internal|local)$/.test(host);
}
