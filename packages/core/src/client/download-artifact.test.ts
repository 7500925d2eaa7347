import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { Code, ConnectError } from "@connectrpc/connect";
import { ArtifactType, DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";
import { createAgents } from "./agents.ts";
import { createGetBytes } from "./get-bytes.ts";

const open: Server[] = [];
afterEach(() => open.splice(0).forEach((server) => server.close()));

type Answer = (request: IncomingMessage, response: ServerResponse, index: number) => void;

async function listen(server: Server): Promise<string> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A store that answers so, a plane that signs URLs to it, and a tool that reads at most 1,000 bytes. */
async function play(answer: Answer, mayLink = true) {
  const seen: IncomingMessage[] = [];
  const store = createServer((request, response) => answer(request, response, seen.push(request) - 1));
  const at = `http://${await listen(store)}`;
  let links = 0;
  const flyte = playFlyte((router) =>
    router.service(DataProxyService, {
      createDownloadLink() {
        if (!mayLink) throw new ConnectError("artifact_type is required", Code.InvalidArgument);
        return { preSignedUrls: { signedUrl: [`${at}/code?X-Amz-Signature=canary-signature-${++links}`] } };
      },
    }),
  );
  const tool = defineTool({
    name: "read_code",
    title: "Read code",
    description: "Reads code.",
    effect: "read",
    input: z.object({}),
    output: z.object({ text: z.string() }),
    async run(_input, { download, scope }) {
      const actionId = { run: { ...scope({}), name: "r1" }, name: "a0" };
      const source = { case: "actionAttemptId", value: { actionId, attempt: 1 } } as const;
      const content = await download({ artifactType: ArtifactType.CODE_BUNDLE, source }, 1_000);
      return { text: Buffer.from(content).toString() };
    },
  });
  const groups = [defineToolGroup({ name: "code", description: "Code.", tools: [tool] })];
  return { ...(await connectClient({ groups, flyte })), seen, at };
}

describe("an artifact of Flyte's store", () => {
  it("is read by a link of the plane, without credentials", async () => {
    const { answer, seen } = await play((_request, response) => response.end("print(1)"));
    expect(await answer("read_code")).toEqual({ text: "print(1)" });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it("is read where the store redirects to, a few times at most", async () => {
    const moved = await play((request, response) => {
      if (request.url?.startsWith("/code")) response.writeHead(307, { location: "/there" }).end();
      else response.end("moved");
    });
    expect(await moved.answer("read_code")).toEqual({ text: "moved" });
    const circle = await play((_request, response) => response.writeHead(302, { location: "/code" }).end());
    expect(await circle.failure("read_code")).toBe(
      "The artifact could not be read from Flyte's store: it answers HTTP 302. [unavailable]",
    );
    expect(circle.seen).toHaveLength(4);
  });

  it("is asked for by a new link when the store stumbles or the link has expired", async () => {
    const replies = [
      [503, ""],
      [403, "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"],
      [200, "at last"],
    ] as const;
    const { answer, seen } = await play((_request, response, index) => {
      const [status, body] = replies[index] ?? [500, ""];
      response.writeHead(status).end(body);
    });
    expect(await answer("read_code")).toEqual({ text: "at last" });
    expect(seen.map(({ url }) => url?.slice(-1))).toEqual(["1", "2", "3"]);
  });

  it.each([
    [
      403,
      "<Error><Code>AccessDenied</Code></Error>",
      "it answers HTTP 403 AccessDenied. [permission_denied]",
    ],
    [404, "<Error><Code>NoSuchKey</Code></Error>", "it answers HTTP 404 NoSuchKey. [not_found]"],
  ])("is refused once and for all by %d", async (status, body, said) => {
    const { failure, seen } = await play((_request, response) => response.writeHead(status).end(body));
    expect(await failure("read_code")).toBe(`The artifact could not be read from Flyte's store: ${said}`);
    expect(seen).toHaveLength(1);
  });

  it("says nothing of the link when the store is cut off", async () => {
    const { failure } = await play((_request, response) => response.destroy());
    expect(await failure("read_code")).toBe(
      "The artifact could not be read from Flyte's store: it cannot be reached, or does not answer in time. It may work when tried again. [unavailable]",
    );
  });

  it("is left when it is larger than was asked for, however long it goes on", async () => {
    let hasLeft: () => void;
    const left = new Promise<void>((resolve) => (hasLeft = resolve));
    const { failure } = await play((_request, response) => {
      const timer = setInterval(() => response.write("x".repeat(10_000)), 5);
      response.on("close", () => {
        clearInterval(timer);
        hasLeft();
      });
    });
    expect(await failure("read_code")).toContain("is larger than 0 MiB, the most that is read here.");
    await left;
  });

  it("tells the plane's own refusal as it is", async () => {
    const { failure } = await play((_request, response) => response.end(), false);
    expect(await failure("read_code")).toBe("artifact_type is required [invalid_argument]");
  });
});

describe("getting bytes over TLS", () => {
  const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8");
  const { signal } = new AbortController();

  async function serve(answer: Answer): Promise<string> {
    const tls = { cert: fixture("localhost.crt"), key: fixture("tls.key") };
    const at = await listen(createSecureServer(tls, (request, response) => answer(request, response, 0)));
    return `https://localhost:${at.split(":").at(-1)}/`;
  }

  it("trusts the plane's authority, and no other", async () => {
    const url = await serve((_request, response) => response.end("secure"));
    const get = { url, mostBytes: 100, signal };
    const { content } = await createGetBytes(createAgents({ ca: fixture("localhost.crt") }))(get);
    expect(Buffer.from(content).toString()).toBe("secure");
    expect((await createGetBytes(createAgents({ skipVerify: true }))(get)).status).toBe(200);
    await expect(createGetBytes()(get)).rejects.toThrow(/self.signed/i);
  });

  it("does not go on in clear text", async () => {
    const url = await serve((_request, response) =>
      response.writeHead(302, { location: "http://127.0.0.1:9/clear" }).end(),
    );
    const { status } = await createGetBytes(createAgents({ skipVerify: true }))({
      url,
      mostBytes: 100,
      signal,
    });
    expect(status).toBe(302);
  });
});
