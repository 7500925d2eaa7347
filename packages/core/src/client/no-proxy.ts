import { BlockList, isIP } from "node:net";

/** Whether a NO_PROXY list exempts a URL: by `*`, a host or the end of its name, an address, a network, each also with a port. */
export function isExempt(url: URL, list: string): boolean {
  const host = bareHost(url.hostname);
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => entry === "*" || matches(entry.toLowerCase(), host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  const [, name = "", wanted] = /^(\[[^\]]+\]|[^:]+|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (wanted !== undefined && wanted !== port) return false;
  if (name.includes("/")) return isInside(host, name);
  const suffix = bareHost(name).replace(/^\*?\./, "");
  return suffix !== "" && (host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`)));
}

function isInside(host: string, network: string): boolean {
  const [base = "", bits = ""] = network.split("/", 2);
  const [family, own] = [isIP(bareHost(base)), isIP(host)];
  if (family === 0 || family !== own || !/^\d+$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128))
    return false;
  const kind = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(bareHost(base), Number(bits), kind);
  return list.check(host, kind);
}

function bareHost(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$|\.$/g, "");
}
