import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { createSecureServer as createSecureHttp2Server } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "@connectrpc/connect";
import type { HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { explain } from "../errors/explain.ts";
import { createOpenServers } from "../testing/open-servers.ts";
import { createFlyte } from "./flyte.ts";
import type { FlyteValues } from "./flyte.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const caFile = fixture("localhost.crt");
const keyFile = fixture("tls.key");
const tls = { key: readFileSync(keyFile), cert: readFileSync(caFile) };

const servers = createOpenServers();
afterEach(() => servers.close());

/** A Flyte that notes how it is called. */
function createListener() {
  const seen: HandlerContext[] = [];
  const listener = connectNodeAdapter({
    routes({ service }) {
      service(RunService, {
        listRuns(_request, context) {
          seen.push(context);
          return {};
        },
      });
    },
  });
  return { listener, seen };
}

async function ask(values: FlyteValues): Promise<string> {
  const { transport, endpoint } = createFlyte(values, { version: "1.2.3", env: {} });
  try {
    await createClient(RunService, transport).listRuns({});
    return "answered";
  } catch (error) {
    return explain(error, endpoint).message;
  }
}

describe("the HTTP version", () => {
  it("is 1.1, in the binary format, with our name in the user agent", async () => {
    const { listener, seen } = createListener();
    const versions: string[] = [];
    const server = createHttpServer((request, response) => {
      versions.push(`${request.httpVersion} ${request.headers["content-type"]}`);
      listener(request, response);
    });
    await ask({ endpoint: `http://127.0.0.1:${await servers.listen(server)}` });
    expect(versions).toEqual(["1.1 application/proto"]);
    expect(seen[0]?.requestHeader.get("user-agent")).toMatch(
      /^flyte-mcp\/1\.2\.3 connect-es\/\d+\.\d+\.\d+$/,
    );
  });

  it("is 2 where it is asked for, with TLS and without", async () => {
    const { listener, seen } = createListener();
    const plain = await servers.listen(createHttp2Server(listener));
    const secure = await servers.listen(createSecureHttp2Server(tls, listener));
    expect(await ask({ endpoint: `http://127.0.0.1:${plain}`, httpVersion: "2" })).toBe("answered");
    expect(await ask({ endpoint: `https://localhost:${secure}`, caFile, httpVersion: "2" })).toBe("answered");
    expect(await ask({ endpoint: `https://localhost:${secure}`, httpVersion: "2" })).toContain(
      "is not trusted",
    );
    expect(seen).toHaveLength(2);
  });

  it("is 2 only where the plane speaks it, and is told with that", async () => {
    const { listener } = createListener();
    const plain = `http://127.0.0.1:${await servers.listen(createHttpServer(listener))}`;
    const secure = `https://localhost:${await servers.listen(createHttpsServer(tls, listener))}`;
    expect(await ask({ endpoint: plain, httpVersion: "2" })).toBe(`${plain} does not speak HTTP/2.`);
    expect(await ask({ endpoint: secure, caFile, httpVersion: "2" })).toBe(
      `${secure} does not speak HTTP/2.`,
    );
  });

  it("is 2 on a connection that may be cut, which is no cancellation", async () => {
    const server = createHttp2Server((request) => request.stream.session?.destroy());
    const endpoint = `http://127.0.0.1:${await servers.listen(server)}`;
    expect(await ask({ endpoint, httpVersion: "2" })).toBe(`${endpoint} cut the connection.`);
  });

  it("is no other one", () => {
    expect(() => createFlyte({ endpoint: "localhost:1", httpVersion: "3" })).toThrow(
      'The HTTP version to Flyte is 1.1 or 2, not "3".',
    );
  });

  it("is 1.1 through a proxy, and the person who asked for 2 is told", () => {
    const { warnings } = createFlyte({
      endpoint: "a.b:1",
      httpVersion: "2",
      httpProxy: "http://u:p@proxy.test:8",
    });
    expect(warnings).toEqual(["HTTP/2 does not go through the proxy proxy.test:8; HTTP/1.1 is used."]);
  });
});

describe("a client certificate", () => {
  const demands = (maxVersion: "TLSv1.2" | "TLSv1.3") =>
    createHttpsServer(
      { ...tls, ca: tls.cert, requestCert: true, rejectUnauthorized: true, maxVersion },
      createListener().listener,
    );

  it.each(["TLSv1.2", "TLSv1.3"] as const)("is shown to a plane that demands one (%s)", async (version) => {
    const endpoint = `https://localhost:${await servers.listen(demands(version))}`;
    const clientCertFile = caFile;
    expect(await ask({ endpoint, caFile, clientCertFile, clientKeyFile: keyFile })).toBe("answered");
    expect(await ask({ endpoint, caFile })).toBe(`${endpoint} wants a client certificate that it knows.`);
    // Node's own server says nothing of a certificate that it does not know.
    const other = { clientCertFile: fixture("other-host.crt"), clientKeyFile: keyFile };
    expect(await ask({ endpoint, caFile, ...other })).toBe(`${endpoint} cut the connection.`);
  });

  it.each<[string, string | undefined, string | undefined, string]>([
    ["no key", caFile, undefined, "A client certificate needs its key file, too; give both or none."],
    [
      "no certificate",
      undefined,
      keyFile,
      "A client certificate needs its certificate file, too; give both or none.",
    ],
    [
      "no such file",
      "/nowhere/c.pem",
      keyFile,
      "The client certificate's file /nowhere/c.pem cannot be read.",
    ],
    [
      "a key for a certificate",
      keyFile,
      keyFile,
      `The client certificate ${keyFile} holds no certificate in PEM form.`,
    ],
    [
      "a certificate for a key",
      caFile,
      caFile,
      `The client key ${caFile} holds no private key in PEM form, or one with a passphrase.`,
    ],
  ])("is refused in one sentence: %s", (_what, clientCertFile, clientKeyFile, sentence) => {
    expect(() => createFlyte({ endpoint: "localhost:1", clientCertFile, clientKeyFile })).toThrow(sentence);
  });

  it("is refused with another's key", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const other = join(mkdtempSync(join(tmpdir(), "client-key-")), "other.key");
    writeFileSync(other, privateKey.export({ type: "pkcs8", format: "pem" }));
    const values = { endpoint: "localhost:1", clientCertFile: caFile, clientKeyFile: other };
    expect(() => createFlyte(values)).toThrow(
      `The client key ${other} does not belong to the certificate ${caFile}.`,
    );
  });
});
