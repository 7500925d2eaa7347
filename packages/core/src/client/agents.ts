import { Agent as HttpAgent } from "node:http";
import type { ClientRequest } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ChooseProxy, Proxy } from "./choose-proxy.ts";
import { connectToProxy, openTunnel } from "./tunnel.ts";

/** How servers are known and who we are to them; texts in PEM form. */
export interface TlsOptions {
  ca?: string | undefined;
  skipVerify?: boolean | undefined;
  cert?: string | undefined;
  key?: string | undefined;
}

/** The agent for a URL: one for each scheme and proxy, so that all requests share a pool of connections. */
export type AgentFor = (url: string) => HttpAgent;

const CONNECT_TIMEOUT_MS = 8_000;
// Below the idle limits of common load balancers: a write must not meet a connection that has just been closed.
const KEEP = { keepAlive: true, timeout: 50_000 };
const MOST_CONNECTIONS = 64;

/** Agents for RPCs, signed URLs and token requests alike: the same trust, client certificate and proxies. */
export function createAgents(
  tls: TlsOptions = {},
  choose: ChooseProxy = () => undefined,
  maxSockets = MOST_CONNECTIONS,
): AgentFor {
  const agents = new Map<string, HttpAgent>();
  return (text) => {
    const url = new URL(text);
    const isSecure = url.protocol === "https:";
    const proxy = choose(url);
    const key = `${isSecure} ${proxy ? `${proxy.name} ${proxy.authorization}` : ""}`;
    const agent = agents.get(key) ?? createAgent(isSecure, { tls, proxy, maxSockets });
    agents.set(key, agent);
    return agent;
  };
}

/** What Node's TLS takes: a given authority wins over skipping, for whoever names one wants it checked. */
export function secureOptions({ ca, skipVerify, cert, key }: TlsOptions) {
  return { ca, cert, key, rejectUnauthorized: ca !== undefined || !skipVerify };
}

interface AgentOptions {
  tls: TlsOptions;
  proxy: Proxy | undefined;
  maxSockets: number;
}

function createAgent(isSecure: boolean, { tls, proxy, maxSockets }: AgentOptions): HttpAgent {
  const keep = { ...KEEP, maxSockets };
  const agent = withConnectTimeout(
    isSecure ? new HttpsAgent({ ...keep, ...secureOptions(tls) }) : new HttpAgent(keep),
  );
  if (!proxy) return agent;
  return agent instanceof HttpsAgent ? withTunnel(agent, proxy) : withForwarding(agent, proxy);
}

/** Node's agents wait for the system's connect timeout, minutes long; ours gives up after 8 s. */
function withConnectTimeout<A extends HttpAgent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback) as Socket | Duplex;
    const timer = setTimeout(() => {
      const reason = { code: "ETIMEDOUT", syscall: "connect" };
      socket.destroy(Object.assign(new Error("connect timeout"), reason));
    }, CONNECT_TIMEOUT_MS);
    timer.unref();
    const stop = () => clearTimeout(timer);
    socket.once(agent instanceof HttpsAgent ? "secureConnect" : "connect", stop).once("close", stop);
    return socket;
  };
  return agent;
}

/** TLS through a tunnel that the proxy digs. */
function withTunnel(agent: HttpsAgent, proxy: Proxy): HttpsAgent {
  const secure = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const { host, port } = options as { host: string; port: number };
    const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
    openTunnel(proxy, target, CONNECT_TIMEOUT_MS).then(
      (socket) => callback?.(null, secure({ ...options, socket } as typeof options) as Duplex),
      (error: Error) => callback?.(error, undefined as unknown as Duplex),
    );
    return undefined;
  };
  return agent;
}

/** Plain HTTP in the form that proxies forward: the whole URL in the request line. */
function withForwarding(agent: HttpAgent, proxy: Proxy): HttpAgent {
  agent.createConnection = (_options, callback) => {
    connectToProxy(proxy, CONNECT_TIMEOUT_MS).then(
      (socket) => callback?.(null, socket),
      (error: Error) => callback?.(error, undefined as unknown as Duplex),
    );
    return undefined;
  };
  // Node calls this for each request, before its head is written; its types do not know it.
  const queue = agent as unknown as { addRequest(request: ClientRequest, ...rest: unknown[]): void };
  const add = queue.addRequest.bind(agent);
  queue.addRequest = (request, ...rest) => {
    request.path = `http://${request.getHeader("host") as string}${request.path}`;
    if (proxy.authorization) request.setHeader("proxy-authorization", proxy.authorization);
    add(request, ...rest);
  };
  return agent;
}
