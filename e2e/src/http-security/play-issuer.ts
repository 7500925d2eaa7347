import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { randomUUID } from "node:crypto";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import type { JWTPayload } from "jose";

type Route = (request: IncomingMessage, at: URL) => Promise<object> | object;

/** An authorization server on this machine: metadata, registration, the code flow, and tokens signed by its keys. */
export async function playIssuer() {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" }];
  const tokens = new Set<string>();
  const asked: string[] = [];
  let url = "";
  let routes: Record<string, Route> = {};
  const server = createServer((request, response) => {
    const at = new URL(request.url ?? "/", url);
    const route = `${request.method} ${at.pathname}`;
    asked.push(route);
    const answer = routes[route];
    if (!answer) return void response.writeHead(404).end();
    void Promise.resolve(answer(request, at)).then((body) => reply(response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  routes = createRoutes(url, keys, tokens);
  return {
    url,
    keys,
    tokens,
    /** What it was asked for, as method and path. */
    asked,
    /** A token with these claims, good unless they say otherwise. */
    sign: (claims: JWTPayload = {}, header: { alg: string; kid?: string } = { alg: "ES256", kid: "one" }) =>
      new SignJWT({ iss: url, aud: "mcp", sub: "me", exp: Date.now() / 1000 + 600, ...claims })
        .setProtectedHeader(header)
        .sign(privateKey),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type PlayedIssuer = Awaited<ReturnType<typeof playIssuer>>;

function createRoutes(url: string, keys: object[], tokens: Set<string>): Record<string, Route> {
  const codes = new Set<string>();
  const metadata = () => ({
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    registration_endpoint: `${url}/register`,
    jwks_uri: `${url}/keys`,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
  });
  return {
    "GET /.well-known/oauth-authorization-server": metadata,
    "GET /.well-known/openid-configuration": metadata,
    "GET /keys": () => ({ keys }),
    "POST /register": async (request) => ({ ...(JSON.parse(await read(request)) as object), client_id: "c" }),
    "GET /authorize": (_request, { searchParams }) => {
      const code = randomUUID();
      codes.add(code);
      const back = new URL(searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      return { location: back.href };
    },
    "POST /token": async (request) => {
      const form = new URLSearchParams(await read(request));
      if (!codes.delete(form.get("code") ?? "")) return { error: "invalid_grant" };
      const token = `canary-token-${randomUUID()}`;
      tokens.add(token);
      return { access_token: token, token_type: "Bearer", expires_in: 3600 };
    },
  };
}

function reply(response: ServerResponse, body: object): void {
  if ("location" in body) return void response.writeHead(302, { location: String(body.location) }).end();
  const status = "error" in body ? 400 : 200;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
}
