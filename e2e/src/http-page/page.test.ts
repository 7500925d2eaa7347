import { createHash } from "node:crypto";
import { clientPrograms } from "@flyte-mcp/clients";
import { runToEnd, startHttp, STDIO } from "../built-apps.ts";
import type { HttpServer } from "../built-apps.ts";
import { send } from "../http-security/post.ts";
import { connectHttp } from "../sdk-client.ts";
import { getPage, textOf } from "./get-page.ts";

let server: HttpServer;
beforeAll(async () => (server = await startHttp(["--sandbox", "--log-format", "text"])));
afterAll(() => server.stop());

async function withServer<T>(
  args: readonly string[],
  look: (server: HttpServer) => Promise<T>,
  env: Record<string, string> = {},
): Promise<T> {
  const other = await startHttp(["--sandbox", "--log-format", "text", ...args], env);
  try {
    return await look(other);
  } finally {
    await other.stop();
  }
}

const readWith = (args: readonly string[], headers: Record<string, string> = {}) =>
  withServer(args, async ({ url }) => (await getPage(url, headers)).body);

it("says where the endpoint is, and all that a client would be offered", async () => {
  const { status, headers, body } = await getPage(server.url);
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  const text = textOf(body);
  expect(text).toContain(`MCP endpoint ${server.url} `);
  const { client, close } = await connectHttp(server.url);
  const { tools } = await client.listTools();
  const { prompts } = await client.listPrompts();
  const { resourceTemplates } = await client.listResourceTemplates();
  const { version = "" } = client.getServerVersion() ?? {};
  await close();
  for (const { name, title, description = "", annotations } of tools) {
    const effect = annotations?.readOnlyHint
      ? "read"
      : annotations?.destructiveHint
        ? "destructive"
        : "write";
    expect(text).toContain(`${name} ${title} ${effect} ${description.split(/(?<=\.) /)[0]} `);
  }
  for (const { name, title } of prompts) expect(text).toContain(`${name} ${title} prompt`);
  for (const { uriTemplate, title } of resourceTemplates) {
    expect(text).toContain(`${uriTemplate} ${title} resource`);
  }
  expect(text).toContain(`Tools ${tools.length} `);
  expect(text).toContain(`version ${version}`);
});

it("is the same at the root and at the mount path, whatever stands behind a question mark", async () => {
  const [root, ...others] = await Promise.all(
    ["/", "/?from=mail", "/flyte-mcp", "/flyte-mcp/"].map((path) => getPage(server.url, {}, path)),
  );
  expect(others.map(({ body }) => body)).toEqual(others.map(() => root?.body));
});

it("answers HEAD as GET without a body, and a client that has the wrong address as before", async () => {
  const page = await getPage(server.url);
  const head = await send(server.url, "HEAD", {}, "", "/");
  expect(head).toMatchObject({ status: 200, body: "" });
  expect(head.headers["content-length"]).toBe(page.headers["content-length"]);
  const { status, body } = await send(server.url, "POST", {}, "", "/");
  expect({ status, body: JSON.parse(body) as unknown }).toEqual({
    status: 404,
    body: { error: "Nothing is here; the MCP endpoint is /flyte-mcp/mcp." },
  });
});

it("lets the browser run and draw nothing but its own style and script", async () => {
  const { headers, body } = await getPage(server.url);
  const hash = (tag: string) => {
    const [, text = ""] = new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(body) ?? [];
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  };
  expect(headers["content-security-policy"]).toBe(
    `default-src 'none'; style-src ${hash("style")}; script-src ${hash("script")}; img-src data:; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(body).not.toMatch(
    / (style|on[a-z]+)=|<script .*src|<link rel="stylesheet"|(src|action)="?https?:|url\(https?:/,
  );
});

it("tells only what the policy leaves", async () => {
  const text = textOf(await readWith(["--read-only", "--exclude-tools", "list_apps"]));
  expect(text).toContain("Read-only: no tool can change anything in Flyte.");
  expect(text).toMatch(/ 16 further tools are switched off\./);
  expect(text).toContain("get_run ");
  expect(text).not.toMatch(/run_task|list_apps|launch_task|abort_run/);
});

it("says that nothing is offered where the policy leaves nothing", async () => {
  expect(textOf(await readWith(["--tool-groups", "core"]))).toContain("Nothing: no tool is offered.");
});

it("says that an allowlist holds, and not what is on it", async () => {
  const text = textOf(await readWith(["--task-allowlist", "canary.task", "--app-allowlist", "canary-app"]));
  expect(text).toContain("Only listed tasks and apps are open.");
  expect(text).not.toContain("canary");
});

it.each([
  [["--public-url", "https://mcp.example.com/base"], {}, "https://mcp.example.com/base/flyte-mcp/mcp"],
  [
    ["--allowed-hosts", "mcp.example.com"],
    { host: "mcp.example.com" },
    "http://mcp.example.com/flyte-mcp/mcp",
  ],
  [
    ["--allowed-hosts", "mcp.example.com", "--mount-path", "/a"],
    { host: "mcp.example.com", "x-forwarded-proto": "https" },
    "https://mcp.example.com/a/mcp",
  ],
])("with %j names the address as the reader knows it", async (args, headers, endpoint) => {
  const text = textOf(await readWith(args, headers as Record<string, string>));
  expect(text).toContain(`MCP endpoint ${endpoint} `);
  expect(text).toContain(`claude mcp add --transport http flyte ${endpoint} `);
});

it("serves the page where a proxy leaves its own path in, too", () =>
  withServer(["--public-url", "https://mcp.example.com/base/"], async ({ url }) => {
    const replies = await Promise.all(
      ["/", "/base/", "/base/flyte-mcp", "/base/other"].map((path) => getPage(url, {}, path)),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 404]);
  }));

it.each<[string[], Record<string, string>]>([
  [["--no-page"], {}],
  [["--page=false"], {}],
  [[], { FLYTE_MCP_PAGE: "false" }],
])("is not there with %j and %j", (args, env) =>
  withServer(
    args,
    async ({ url, stderr }) => {
      const replies = await Promise.all(["/", "/flyte-mcp"].map((path) => getPage(url, {}, path)));
      expect(replies.map(({ status }) => status)).toEqual([404, 404]);
      expect(stderr()).not.toContain("In a browser");
    },
    env,
  ),
);

it("is named to the person who starts the server, beside the commands of the clients", async () => {
  const [, address = ""] = /In a browser: (\S+)/.exec(server.stderr()) ?? [];
  expect((await send(address, "GET", {})).headers["content-type"]).toMatch("text/html");
  for (const { id, addUrl } of clientPrograms) {
    const named = addUrl?.("flyte", server.url) ?? ` ${id}`;
    expect(server.stderr()).toContain(named);
  }
});

it("gives a client that has no command of its own one of ours that works", async () => {
  const text = textOf((await getPage(server.url)).body);
  const commands = [...text.matchAll(/npx -y flyte-mcp (setup \S+ --url \S+)/g)].map(([, args = ""]) => args);
  expect(commands).toHaveLength(clientPrograms.filter(({ addUrl }) => !addUrl).length);
  for (const args of commands) {
    const { code, stdout } = await runToEnd(STDIO, [...args.split(" "), "--dry-run"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(server.url) as string });
  }
});
