import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { CreateUploadLocationRequest } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { Effect } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

interface Reply {
  status: number;
  body?: string;
}

interface Put {
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

const open: Server[] = [];
afterEach(() => open.splice(0).forEach((server) => server.close()));

/** A store that gives these replies one after the other, behind a plane that signs URLs to it. */
async function play(replies: Reply[], effect: Effect = "write") {
  const puts: Put[] = [];
  const asked: CreateUploadLocationRequest[] = [];
  const store = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
    puts.push({ url: request.url, headers: request.headers, body });
    const { status, body: said = "" } = replies.shift() ?? { status: 200 };
    response.writeHead(status).end(said);
  });
  open.push(store);
  await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
  const at = `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
  const flyte = playFlyte((router) =>
    router.service(DataProxyService, {
      createUploadLocation(request) {
        asked.push(request);
        const signedUrl = `${at}/put?X-Amz-Signature=canary-signature-${asked.length}`;
        return { signedUrl, nativeUrl: "s3://bucket/x", headers: { "x-meta": "m", "Content-Length": "24" } };
      },
    }),
  );
  const tool = defineTool({
    name: "send_file",
    title: "Send file",
    description: "Sends a file.",
    effect,
    input: z.object({ text: z.string().describe("Its content.") }),
    output: z.object({ uri: z.string() }),
    async run({ text }, { upload, scope }) {
      return { uri: await upload(scope({}), { name: "notes.txt", content: Buffer.from(text) }) };
    },
  });
  const groups = [defineToolGroup({ name: "files", description: "Files.", tools: [tool] })];
  return { ...(await connectClient({ groups, flyte })), puts, asked };
}

const expired = {
  status: 403,
  body: "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
};

describe("a file for Flyte's store", () => {
  it("is put to the signed URL with its hash and the plane's headers, and without a credential", async () => {
    const { answer, puts, asked } = await play([]);
    expect(await answer("send_file", { text: "hello" })).toEqual({ uri: "s3://bucket/x" });
    const md5 = createHash("md5").update("hello").digest();
    expect(asked[0]).toMatchObject({ project: "flytesnacks", filename: "notes.txt", contentLength: 5n });
    expect(Buffer.from(asked[0]?.contentMd5 ?? [])).toEqual(md5);
    expect(puts).toMatchObject([{ body: "hello", headers: { "content-length": "5", "x-meta": "m" } }]);
    expect(puts[0]?.headers["content-md5"]).toBe(md5.toString("base64"));
    expect(puts[0]?.headers.authorization).toBeUndefined();
  });

  it.each([503, 429])("is put again when the store answers %d", async (status) => {
    const { answer, puts } = await play([{ status }]);
    await answer("send_file", { text: "hello" });
    expect(puts).toHaveLength(2);
  });

  it("is put again when the store says that the upload stalled", async () => {
    const { answer, puts } = await play([{ status: 400, body: "<Code>RequestTimeout</Code>" }]);
    await answer("send_file", { text: "hello" });
    expect(puts).toHaveLength(2);
  });

  it("goes to a new URL, once, when the first has expired", async () => {
    const { answer, asked } = await play([expired]);
    await answer("send_file", { text: "hello" });
    expect(asked).toHaveLength(2);
    const { failure } = await play([expired, expired]);
    expect(await failure("send_file", { text: "hello" })).toContain("could not be put into Flyte's store");
  });

  it("is refused in one sentence that shows neither content nor signature", async () => {
    const { failure, puts } = await play([
      { status: 403, body: "<Code>AccessDenied</Code> canary-signature" },
    ]);
    const said = await failure("send_file", { text: "canary-content" });
    expect(said).toBe(
      "The file notes.txt (14 bytes) could not be put into Flyte's store: it answers HTTP 403 AccessDenied. " +
        "Nothing was launched. Give a URI of a file that is in the store already, or try again. [permission_denied]",
    );
    expect(puts).toHaveLength(1);
  });

  it("cannot be sent by a tool that only reads", async () => {
    const { failure, puts } = await play([], "read");
    expect(await failure("send_file", { text: "hello" })).toContain(
      "may not call DataProxyService.CreateUploadLocation",
    );
    expect(puts).toEqual([]);
  });
});
