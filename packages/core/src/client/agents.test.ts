import { readFileSync } from "node:fs";
import { createServer as createHttpServer, request as httpRequest } from "node:http";
import type { IncomingMessage, RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { createClient } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { explain } from "../errors/explain.ts";
import { redact } from "../errors/redact.ts";
import { createOpenServers } from "../testing/open-servers.ts";
import { createFlyte } from "./flyte.ts";
import type { FlyteValues } from "./flyte.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const caFile = fixture("localhost.crt");
const tls = { key: readFileSync(fixture("tls.key")), cert: readFileSync(caFile) };

const servers = createOpenServers();
afterEach(() => servers.close());

const flyteListener = connectNodeAdapter({
  routes: ({ service }) => void service(RunService, { listRuns: () => ({}) }),
});
const serveFlyte = () => servers.listen(createHttpServer(flyteListener));
const serveSecureFlyte = () => servers.listen(createHttpsServer(tls, flyteListener));

interface PlayedProxy {
  at: string;
  /** What it was asked for, with the credentials that came along. */
  seen: [target: string | undefined, credentials: string | undefined][];
}

/** A proxy that forwards and digs tunnels, or answers every request with a status. */
async function playProxy(status?: number): Promise<PlayedProxy> {
  const seen: PlayedProxy["seen"] = [];
  const note = ({ url, headers }: IncomingMessage) => seen.push([url, headers["proxy-authorization"]]);
  const forward: RequestListener = (request, response) => {
    note(request);
    if (status) return void response.writeHead(status).end();
    const { url = "", method, headers } = request;
    const onward = httpRequest(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  };
  const server = createHttpServer(forward);
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    note(request);
    if (status) return socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 2\r\n\r\nno`);
    const [host, port] = (request.url ?? "").split(":");
    const onward = connect(Number(port), host);
    onward.once("connect", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
  });
  return { at: `127.0.0.1:${await servers.listen(server)}`, seen };
}

async function ask(values: FlyteValues): Promise<string> {
  const { transport, endpoint, secrets } = createFlyte(values, { env: {} });
  try {
    await createClient(RunService, transport).listRuns({});
    return "answered";
  } catch (error) {
    const { message, hint = "" } = explain(error, endpoint, secrets);
    return redact(`${message} ${hint}`, secrets);
  }
}

const basic = `Basic ${Buffer.from("me:canary-pass").toString("base64")}`;
const SET_PROXY =
  "Set the proxy, with a user and password where it wants them, by --http-proxy or HTTPS_PROXY; hosts to reach without it go into NO_PROXY.";

describe("a proxy", () => {
  it("forwards plain HTTP, with its credentials", async () => {
    const proxy = await playProxy();
    const endpoint = `http://127.0.0.1:${await serveFlyte()}`;
    expect(await ask({ endpoint, httpProxy: `http://me:canary-pass@${proxy.at}` })).toBe("answered");
    expect(proxy.seen).toEqual([[`${endpoint}/flyteidl2.workflow.RunService/ListRuns`, basic]]);
  });

  it("digs a tunnel for TLS, once for all calls, and the plane never sees its credentials", async () => {
    const proxy = await playProxy();
    const port = await serveSecureFlyte();
    const values = { endpoint: `https://localhost:${port}`, caFile, httpProxy: `me:canary-pass@${proxy.at}` };
    const client = createClient(RunService, createFlyte(values, { env: {} }).transport);
    await client.listRuns({});
    await client.listRuns({});
    expect(proxy.seen).toEqual([[`localhost:${port}`, basic]]);
  });

  it("checks the plane's certificate through the tunnel", async () => {
    const proxy = await playProxy();
    const endpoint = `https://localhost:${await serveSecureFlyte()}`;
    expect(await ask({ endpoint, httpProxy: proxy.at })).toContain(
      `The TLS certificate of ${endpoint} is not trusted`,
    );
  });

  it("is the way for signed URLs, too", async () => {
    const proxy = await playProxy();
    const url = `http://127.0.0.1:${await serveFlyte()}/x?sig=1`;
    const { putBytes } = createFlyte({ endpoint: "localhost:1", httpProxy: proxy.at }, { env: {} });
    const signal = AbortSignal.timeout(5_000);
    const { status } = await putBytes({ url, headers: {}, content: Buffer.from("x"), signal });
    expect([status, proxy.seen]).toEqual([404, [[url, undefined]]]);
  });

  it.each([
    [407, "asks for a user name and password."],
    [403, "lets no connection through to localhost:1 (HTTP 403)."],
    [502, "lets no connection through to localhost:1 (HTTP 502)."],
  ])("that answers %d to TLS is named as what fails", async (status, problem) => {
    const proxy = await playProxy(status);
    expect(await ask({ endpoint: "https://localhost:1", httpProxy: proxy.at })).toBe(
      `The proxy ${proxy.at} ${problem} ${SET_PROXY}`,
    );
  });

  it("that wants other credentials is told without them", async () => {
    const proxy = await playProxy(407);
    const httpProxy = `http://me:canary-pass@${proxy.at}`;
    const secure = await ask({ endpoint: "https://localhost:1", httpProxy });
    expect(secure).toBe(`The proxy ${proxy.at} does not accept the user name and password. ${SET_PROXY}`);
    const plain = await ask({ endpoint: "http://localhost:1", httpProxy });
    expect(plain).toBe(
      `The proxy before http://localhost:1 wants a user name and password that it knows. ${SET_PROXY}`,
    );
    expect(proxy.seen.map(([, credentials]) => credentials)).toEqual([basic, basic]);
  });

  it.each(["http", "https"])("that is not there is not taken for the plane (%s)", async (scheme) => {
    expect(
      await ask({ endpoint: `${scheme}://localhost:1`, httpProxy: "http://me:canary-pass@127.0.0.1:2" }),
    ).toBe(`The proxy 127.0.0.1:2 cannot be reached (ECONNREFUSED). ${SET_PROXY}`);
  });
});

describe("connections", () => {
  it("are at most 64 and are used again", async () => {
    let opened = 0;
    const server = createHttpServer(
      (request, response) => void setTimeout(() => flyteListener(request, response), 50),
    );
    server.on("connection", () => opened++);
    const endpoint = `http://127.0.0.1:${await servers.listen(server)}`;
    const client = createClient(RunService, createFlyte({ endpoint }).transport);
    const all = () => Promise.all(Array.from({ length: 100 }, () => client.listRuns({})));
    await all();
    await all();
    expect(opened).toBe(64);
  });
});
