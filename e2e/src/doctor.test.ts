import { createServer as createHttpServer } from "node:http";
import type { RequestListener } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { startSandbox } from "@flyte-mcp/sandbox";
import type { LoginOptions } from "@flyte-mcp/sandbox";
import { HTTP, STDIO, runToEnd } from "./built-apps.ts";

const CLIENT = { clientId: "robot", clientSecret: "canary-secret-0123" };
const PLACE = ["--project", "flytesnacks", "--domain", "development"];

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

interface Told {
  ok: boolean;
  file: string | null;
  settings: { name: string; value: string | null; source: string | null }[];
  reached_in_ms: number | null;
  caller: string | null;
  services: { name: string; state: string; said?: string }[];
  problems: { severity: string; message: string; hint?: string }[];
}

/** What the doctor tells a machine, with its exit code; nothing secret may be in it, and it may not take ten seconds. */
async function ask(args: readonly string[], env: Record<string, string> = {}) {
  const started = performance.now();
  const { code, stdout, stderr } = await runToEnd(STDIO, ["doctor", "--json", ...args], { env });
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(stdout + stderr).not.toContain("canary");
  expect(stderr).toBe("");
  return { code, ...(JSON.parse(stdout) as Told) };
}

async function openPlane(login?: LoginOptions): Promise<string> {
  const { url, close } = await startSandbox({ history: false, execute: false, ...(login && { login }) });
  closing.push(close);
  return url;
}

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = async (listener: RequestListener) => `http://${await listen(createHttpServer(listener))}`;
const silent = () => listen(createTcpServer(() => undefined));

describe("doctor, where all is well", () => {
  it("says so to a person, with each setting's source and each service", async () => {
    const endpoint = await openPlane();
    const env = { FLYTE_PROJECT: "flytesnacks", FLYTE_TASK_DOMAIN: "development" };
    const { code, stdout, stderr } = await runToEnd(STDIO, ["doctor", "--endpoint", endpoint], { env });
    expect(stderr).toBe("");
    expect(
      stdout.replace(endpoint.padEnd(43), "http://PLANE".padEnd(43)).replace(/in \d+ ms/, "in 9 ms"),
    ).toBe(
      `flyte-mcp 0.1.0

  file      none found
  endpoint  http://PLANE                                 --endpoint
  org       -
  project   flytesnacks                                  FLYTE_PROJECT
  domain    development                                  FLYTE_TASK_DOMAIN
  login     a person's, in the browser, when Flyte asks  the default

  answered   in 9 ms
  caller     nobody that this control plane knows
  services   task, run, trigger, data proxy, cluster, project, identity
  not there  app, secret, image

A tool call works with these settings.
`,
    );
    expect(code).toBe(0);
  });

  it.each([STDIO, HTTP])("says so of the embedded sandbox (%s)", async (program) => {
    const { code, stdout } = await runToEnd(program, ["doctor", "--sandbox", "--port", "1"].slice(0, 2));
    expect(stdout).toContain("A tool call works with these settings.");
    expect(code).toBe(0);
  });

  it("logs in by an API key, whose place counts, and shows nothing of it", async () => {
    const url = await openPlane(CLIENT);
    const FLYTE_API_KEY = Buffer.from(`${url}:robot:${CLIENT.clientSecret}:acme`).toString("base64");
    const { code, settings, ok } = await ask(PLACE, { FLYTE_API_KEY });
    expect(settings.map(({ name, value, source }) => [name, value, source])).toEqual([
      ["endpoint", url, "FLYTE_API_KEY"],
      ["org", "acme", "FLYTE_API_KEY"],
      ["project", "flytesnacks", "--project"],
      ["domain", "development", "--domain"],
      ["login", "secret (hidden) of client robot", "FLYTE_API_KEY"],
    ]);
    expect([code, ok]).toEqual([0, true]);
    expect(JSON.stringify(settings)).not.toContain(FLYTE_API_KEY);
  });

  it("is content without a project, and says what that means", async () => {
    const { code, problems } = await ask(["--endpoint", await openPlane()]);
    expect(code).toBe(0);
    expect(problems.map(({ severity, message }) => [severity, message])).toEqual([
      ["warning", "No project is set, so every call has to name one."],
      ["warning", "No domain is set, so every call has to name one."],
    ]);
  });
});

describe("doctor, where a tool call would fail", () => {
  const first = (told: Told) => told.problems[0]?.message;

  it("says that no endpoint is set", async () => {
    const told = await ask([]);
    expect([told.code, told.reached_in_ms]).toEqual([1, null]);
    expect(first(told)).toBe("No Flyte endpoint is configured for this MCP server.");
  });

  it("says that project or domain is not there, with near names", async () => {
    const endpoint = await openPlane();
    const wrong = await ask(["--endpoint", endpoint, "--project", "flytesnack", "--domain", "development"]);
    expect(first(wrong)).toBe('There is no project "flytesnack". Did you mean "flytesnacks"?');
    const domain = await ask(["--endpoint", endpoint, "--project", "flytesnacks", "--domain", "develop"]);
    expect(first(domain)).toMatch('Project "flytesnacks" has no domain "develop".');
    expect([wrong.code, domain.code]).toEqual([1, 1]);
  });

  it.each<[string, LoginOptions, string[], Record<string, string>, string]>([
    [
      "a token is old",
      {},
      [],
      { FLYTE_ACCESS_TOKEN: "canary-old-token" },
      "Flyte did not accept the credentials",
    ],
    [
      "a secret is wrong",
      CLIENT,
      ["--client-id", "robot"],
      { FLYTE_CLIENT_SECRET: "canary-wrong" },
      "refuse",
    ],
    ["a person has to log in", {}, [], {}, "Flyte asks for a login by a person"],
    [
      "nobody may log in",
      {},
      ["--auth-type", "None"],
      {},
      "Flyte asks for a login, and the auth type None gives none.",
    ],
    ["each caller logs in", {}, ["--auth-type", "passthrough"], {}, "each caller brings its own"],
    [
      "a redirect asks for a login",
      { refusal: "redirect" },
      ["--auth-type", "none"],
      {},
      "redirects to a login page",
    ],
    ["a page asks for a login", { refusal: "html" }, ["--auth-type", "none"], {}, "answers with a web page"],
  ])("says that %s", async (_what, login, args, env, sentence) => {
    const told = await ask(["--endpoint", await openPlane(login), ...PLACE, ...args], env);
    expect(first(told)).toContain(sentence);
    expect([told.code, told.ok]).toEqual([1, false]);
  });

  it("says that a server is no Flyte", async () => {
    const shop = await serve((_request, response) => response.writeHead(404).end("not here"));
    const told = await ask(["--endpoint", shop, ...PLACE]);
    expect(first(told)).toBe(`${shop} answers, but has none of the services of Flyte.`);
    expect(told.code).toBe(1);
  });
});

describe("doctor, whatever hangs, answers within ten seconds", () => {
  const hanging: [string, () => Promise<string[]>, string][] = [
    ["a connection", async () => ["--endpoint", `http://${await silent()}`], "did not answer in time"],
    ["a TLS handshake", async () => ["--endpoint", `https://${await silent()}`], "did not answer in time"],
    [
      "a body",
      async () => [
        "--endpoint",
        await serve(
          (_request, response) =>
            void response.writeHead(200, { "content-type": "application/proto" }).write("x"),
        ),
      ],
      "did not answer in time",
    ],
    [
      "a command",
      async () => ["--endpoint", await openPlane({}), "--auth-command", "sleep 60.25"],
      "The command sleep, which is to print a token for Flyte, has not ended within",
    ],
    [
      "a token endpoint",
      async () => [
        ...["--endpoint", await openPlane({ ...CLIENT, tokenEndpoint: `http://${await silent()}/token` })],
        ...["--client-id", "robot"],
      ],
      "Flyte answers, but the login has not ended within",
    ],
  ];

  it.each(hanging)("%s", async (_what, prepare, sentence) => {
    const args = await prepare();
    const env = args.includes("robot") ? { FLYTE_CLIENT_SECRET: CLIENT.clientSecret } : {};
    const told = await ask([...args, ...PLACE], env as Record<string, string>);
    expect(told.problems[0]?.message).toContain(sentence);
    expect(told.code).toBe(1);
  });

  it("itself", async () => {
    const hang = "data:text/javascript,if(process.send)for(;;);";
    const told = await ask(PLACE, { NODE_OPTIONS: `--import=${hang}` });
    expect(told.problems[0]?.message).toContain("has not come to an end within ten seconds");
    expect(told.code).toBe(1);
  });
});
