import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { fileURLToPath } from "node:url";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { Code, ConnectError } from "@connectrpc/connect";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { createFlyte, type FlyteValues } from "../client/flyte.ts";
import { defineTool, defineToolGroup } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { createOpenServers } from "../testing/open-servers.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const key = readFileSync(fixture("tls.key"));

const servers = createOpenServers();
const { listen } = servers;
afterEach(() => servers.close());

const serveHttp = (listener: RequestListener) => listen(createHttpServer(listener));
const serveTls = (certificate: string, listener: RequestListener = flyteListener) =>
  listen(createHttpsServer({ key, cert: readFileSync(fixture(certificate)) }, listener));

/** A Flyte that lets nobody but the bearer of `good` in. */
const flyteListener = connectNodeAdapter({
  routes({ service }) {
    service(RunService, {
      listRuns(_request, { requestHeader }) {
        if (requestHeader.get("authorization") === "Bearer good") return {};
        throw new ConnectError("token has expired", Code.Unauthenticated);
      },
    });
  },
});

const probe = defineTool({
  name: "probe",
  title: "Probe",
  description: "Calls Flyte.",
  effect: "read",
  input: z.object({ stream: z.boolean().default(false) }),
  output: z.object({ done: z.boolean() }),
  async run({ stream }, { flyte }) {
    const client = flyte(RunService);
    if (!stream) await client.listRuns({}, { timeoutMs: 1_500 });
    else for await (const message of client.watchRuns({}, { timeoutMs: 1_500 })) if (!message) break;
    return { done: true };
  },
});

async function ask(endpoint: string, values: Partial<FlyteValues> = {}, stream = false): Promise<string> {
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [probe] })];
  const flyte = createFlyte({ endpoint, ...values });
  const { client } = await connectClient({ groups, flyte });
  const { content } = await client.callTool({ name: "probe", arguments: { stream } });
  // Of another call each time; its own test is beside the wrapper that gives it.
  return ((content as { text: string }[])[0]?.text ?? "").replace(/, request [0-9a-f-]{36}\]$/, "]");
}

const SET_ENDPOINT =
  "Set the endpoint by --endpoint, FLYTE_ENDPOINT or admin.endpoint in the Flyte config file.";
const SET_CA =
  "Give the authority's certificates by --ca-file or admin.caCertFilePath, or, to accept any certificate, set --insecure-skip-verify.";
const notFlyte = (why: string) => `does not answer as a Flyte API (${why}): it may be another server.`;

describe("a plane that answers", () => {
  it("is reached over plain HTTP with the token", async () => {
    const port = await serveHttp(flyteListener);
    expect(await ask(`http://127.0.0.1:${port}`, { accessToken: "good" })).toBe('{"done":true}');
  });

  it("is reached over TLS with its authority, or with none asked for", async () => {
    const port = await serveTls("localhost.crt");
    const at = `https://localhost:${port}`;
    const accessToken = "good";
    expect(await ask(at, { accessToken, caFile: fixture("localhost.crt") })).toBe('{"done":true}');
    expect(await ask(at, { accessToken, insecureSkipVerify: true })).toBe('{"done":true}');
  });

  it.each([false, true])("refuses an expired token, told with the setting (stream: %s)", async (stream) => {
    const port = await serveHttp((request, response) => {
      if (!stream) return flyteListener(request, response);
      response.writeHead(401).end();
    });
    const text = await ask(`http://127.0.0.1:${port}`, { accessToken: "old-canary" }, stream);
    expect(text).toBe(
      "Flyte did not accept the credentials: they are missing, wrong or expired. " +
        (stream ? "" : "It says: token has expired. ") +
        "Give a fresh token by FLYTE_ACCESS_TOKEN, or by the Authorization header over HTTP. [unauthenticated]",
    );
  });
});

const html: RequestListener = (_request, response) => {
  response.setHeader("content-type", "text/html").end("<html>Welcome to the console</html>");
};
const toLogin: RequestListener = (_request, response) => {
  response.writeHead(302, { location: "/login?next=canary" }).end();
};
const status =
  (code: number): RequestListener =>
  (_request, response) => {
    response.writeHead(code, { "content-type": "text/html" }).end(`<h1>${code} at nginx</h1>`);
  };

const told = (why: string) => (at: string) => `${at} ${why} ${SET_ENDPOINT} [unavailable]`;
describe("an endpoint that is no Flyte over HTTP", () => {
  it.each<[string, RequestListener, (at: string) => string]>([
    [
      "a web page",
      html,
      told("answers with a web page, not as a Flyte API: it may be the console or a login page."),
    ],
    [
      "a redirect to a login",
      toLogin,
      (at) =>
        `${at} redirects to a login page. Give a token by FLYTE_ACCESS_TOKEN, or by the Authorization header over HTTP; if one is given, it is not accepted. [unauthenticated]`,
    ],
    [
      "404",
      status(404),
      (at) =>
        "This control plane has no run service. A smaller or an older Flyte lacks it; " +
        `if every tool fails, ${at} is no Flyte API. ${SET_ENDPOINT} [unimplemented]`,
    ],
    ["405", status(405), told("takes no calls: it serves pages, not the Flyte API (HTTP 405).")],
    ["400", status(400), told(`${notFlyte("HTTP 400")} It may also speak TLS where plain HTTP is set.`)],
    [
      "403",
      status(403),
      () =>
        "Flyte does not allow this to the identity in use. " +
        "Ask for access, or use another identity, project or domain. [permission_denied]",
    ],
    [
      "500",
      status(500),
      (at) =>
        `${at} failed with HTTP 500. Look at the logs of Flyte, or of a proxy before it. ` +
        "It may work when tried again. [unknown]",
    ],
    [
      "503",
      status(503),
      (at) =>
        `${at} answers HTTP 503: what stands before Flyte does not reach it. It may work when tried again. [unavailable]`,
    ],
  ])("is told by what it answers: %s", async (_what, listener, text) => {
    const at = `http://127.0.0.1:${await serveHttp(listener)}`;
    expect(await ask(at)).toBe(text(at));
    expect(await ask(at, {}, true)).toBe(text(at));
  });
});

describe("an endpoint that cannot be talked to", () => {
  it("where nothing listens", async () => {
    const port = await serveHttp(html);
    await servers.close();
    const at = `http://127.0.0.1:${port}`;
    const text = `Nothing listens at ${at}. Start Flyte there. ${SET_ENDPOINT} [unavailable]`;
    expect(await ask(at)).toBe(text);
    expect(await ask(at, {}, true)).toBe(text);
    expect(await ask(`http://localhost:${port}`)).toBe(text.replaceAll("127.0.0.1", "localhost"));
  });

  it.each<[string, string, string, Partial<FlyteValues>]>([
    [
      "its authority is unknown",
      "localhost.crt",
      `is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). ${SET_CA}`,
      {},
    ],
    ["it has expired", "expired.crt", `has expired. ${SET_CA}`, { caFile: fixture("expired.crt") }],
    [
      "it is for another host",
      "other-host.crt",
      `is for another host. ${SET_ENDPOINT}`,
      { caFile: fixture("other-host.crt") },
    ],
    [
      "a given authority is another, whatever may be skipped",
      "localhost.crt",
      `is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). ${SET_CA}`,
      { caFile: fixture("other-host.crt"), insecureSkipVerify: true },
    ],
  ])("whose certificate does not hold, as %s", async (_what, certificate, text, values) => {
    const at = `https://localhost:${await serveTls(certificate)}`;
    expect(await ask(at, values)).toBe(`The TLS certificate of ${at} ${text} [unavailable]`);
  });

  it("with an authority's file that is not there", async () => {
    const endpoint = "https://localhost:1";
    expect(() => createFlyte({ endpoint, caFile: "/nowhere/ca.pem" })).toThrow(
      "The certificate file /nowhere/ca.pem cannot be read.",
    );
    expect(() => createFlyte({ endpoint, caFile: fixture("README.md") })).toThrow(
      "holds no certificate in PEM form.",
    );
  });

  it("that speaks plain HTTP where TLS is set", async () => {
    const at = `https://127.0.0.1:${await serveHttp(html)}`;
    expect(await ask(at)).toBe(
      `${at} does not speak TLS. For plain HTTP give the endpoint as http://..., or set --insecure. [unavailable]`,
    );
  });

  it("that speaks TLS where plain HTTP is set", async () => {
    const at = `http://127.0.0.1:${await serveTls("localhost.crt")}`;
    expect(await ask(at)).toBe(
      `${at} cut the connection. It may speak TLS where plain HTTP is set. ${SET_ENDPOINT} ` +
        "It may work when tried again. [unavailable]",
    );
  });

  it("that speaks something else", async () => {
    const port = await listen(createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")));
    const at = `http://127.0.0.1:${port}`;
    expect(await ask(at)).toBe(`${at} does not speak HTTP. ${SET_ENDPOINT} [unavailable]`);
  });

  it("that cuts the connection", async () => {
    const port = await listen(createTcpServer((socket) => socket.destroy()));
    const said = await ask(`http://127.0.0.1:${port}`);
    expect(said).toMatch(/^http:\S+ cut the connection\. .*\[unavailable\]$/);
  });

  it.each([false, true])("that takes the call and never answers (stream: %s)", async (stream) => {
    const at = `http://127.0.0.1:${await listen(createTcpServer(() => undefined))}`;
    expect(await ask(at, {}, stream)).toBe(
      `${at} did not answer in time. Check that it is a Flyte API. ${SET_ENDPOINT} ` +
        "It may work when tried again. [deadline_exceeded]",
    );
  });
});
