import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { SandboxServer, ServerOptions } from "../start.ts";
import { startSandbox } from "../start.ts";

const SCOPE = { project: "flytesnacks", domain: "development" };
const HELLO = Buffer.from("hello");
const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest();

let server: SandboxServer;
let wallClock = Date.parse("2026-11-23T04:45:47Z");
const options: ServerOptions = { execute: false, history: false, now: () => new Date(wallClock) };
beforeAll(async () => {
  server = await startSandbox(options);
});
afterAll(() => server.close());

const connect = (url: string) =>
  createClient(DataProxyService, createConnectTransport({ baseUrl: url, httpVersion: "1.1" }));

interface Location {
  signedUrl: string;
  nativeUrl: string;
  headers: Record<string, string>;
}

async function locate(filename: string, more: object = {}, url = server.url): Promise<Location> {
  const request = { ...SCOPE, filename, contentMd5: md5(HELLO), addContentMd5Metadata: true, ...more };
  const { signedUrl, nativeUrl, headers } = await connect(url).createUploadLocation(request);
  // The length that the plane gives is that of the hash.
  const { "Content-Length": _, ...usable } = headers;
  return { signedUrl, nativeUrl, headers: usable };
}

async function put(url: string, headers: Record<string, string>, body: Uint8Array = HELLO) {
  const response = await fetch(url, { method: "PUT", headers, body: new Uint8Array(body) });
  return { status: response.status, etag: response.headers.get("etag"), text: await response.text() };
}

const refusal = (code: string, message: string, resource: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><Resource>${resource}</Resource></Error>`;

describe("PUT of a signed URL", () => {
  it("keeps a file below the plane's own host", async () => {
    const { signedUrl, nativeUrl, headers } = await locate("a b/hello=1.txt");
    expect(signedUrl.replace(/\?.*/, "")).toBe(
      `${server.url}/flyte-data/uploads/flytesnacks/development/LVAUAKV4JMVHNOLRTWIRAF6FSI%3D%3D%3D%3D%3D%3D/a%20b/hello%3D1.txt`,
    );
    expect(nativeUrl).toBe(
      "s3://flyte-data/uploads/flytesnacks/development/LVAUAKV4JMVHNOLRTWIRAF6FSI======/a b/hello=1.txt",
    );
    const etag = '"5d41402abc4b2a76b9719d911017c592"';
    expect(await put(signedUrl, headers)).toEqual({ status: 200, etag, text: "" });
    expect(await put(signedUrl, headers)).toMatchObject({ status: 200 });
  });

  it("takes an empty file", async () => {
    const empty = new Uint8Array();
    const { signedUrl, headers } = await locate("empty", { contentMd5: md5(empty) });
    expect(await put(signedUrl, headers, empty)).toMatchObject({ status: 200 });
  });

  it("refuses other bytes than the hash says", async () => {
    const { signedUrl, headers } = await locate("other.txt");
    const text = refusal(
      "BadDigest",
      "The Content-MD5 you specified did not match what we received.",
      new URL(signedUrl).pathname,
    );
    expect(await put(signedUrl, headers, Buffer.from("jello"))).toMatchObject({ status: 400, text });
    const changed = { ...headers, "Content-MD5": md5(Buffer.from("jello")).toString("base64") };
    expect(await put(signedUrl, changed, Buffer.from("jello"))).toMatchObject({ status: 400, text });
    const { "Content-MD5": _, ...without } = headers;
    expect(await put(signedUrl, without)).toMatchObject({ status: 400, text });
  });

  it("wants the metadata that the signature covers", async () => {
    const { signedUrl, headers } = await locate("meta.txt");
    const { "x-amz-meta-flyteContentMD5": _, ...without } = headers;
    const answer = await put(signedUrl, without);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("<Code>SignatureDoesNotMatch</Code>");
  });

  it("refuses a URL whose time is over", async () => {
    const { signedUrl, headers } = await locate("late.txt", { expiresIn: { seconds: 60n } });
    wallClock += 59_000;
    expect(await put(signedUrl, headers)).toMatchObject({ status: 200 });
    wallClock += 2000;
    const text = refusal("AccessDenied", "Request has expired", new URL(signedUrl).pathname);
    expect(await put(signedUrl, headers)).toMatchObject({ status: 403, text });
  });

  it("refuses what it has not signed", async () => {
    const { signedUrl, headers } = await locate("mine.txt");
    const [path = "", query = ""] = signedUrl.split("?");
    const variants = [
      signedUrl.replace("mine.txt", "yours.txt"),
      signedUrl.replace(/Expires=\d+/, "Expires=9999999999999999"),
      signedUrl.replace(/X-Amz-Signature=./, "X-Amz-Signature=g"),
      `${path}?X-Amz-Signature=sandbox`,
      `${signedUrl}&more=1`,
    ];
    for (const url of variants) {
      const answer = await put(url, headers);
      expect(answer.status).toBe(403);
      expect(answer.text).toContain("<Code>SignatureDoesNotMatch</Code>");
    }
    const unsigned = await put(`${path}?${query.replace(/&X-Amz-Signature=.*/, "")}`, headers);
    expect(unsigned).toMatchObject({ status: 403 });
    expect(unsigned.text).toContain("<Code>AccessDenied</Code>");
    expect((await fetch(signedUrl)).status).toBe(403);
    expect((await fetch(`${server.url}/flyte-data/%zz?X-Amz-Signature=1`)).status).toBe(400);
  });

  it("does not know the URLs of another plane", async () => {
    const other = await startSandbox(options);
    const { signedUrl, headers } = await locate("foreign.txt", {}, other.url);
    expect(await put(signedUrl.replace(other.url, server.url), headers)).toMatchObject({ status: 403 });
    await other.close();
  });

  it("wants to be told the length, and that it is at most 100 MiB", async () => {
    const { signedUrl, headers } = await locate("long.txt");
    const send = (more: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const sending = httpRequest(signedUrl, { method: "PUT", headers: { ...headers, ...more } });
        sending.once("response", (response) => {
          resolve(response.statusCode);
          sending.destroy();
        });
        sending.once("error", reject);
        sending.write(HELLO);
      });
    expect(await send({ "transfer-encoding": "chunked" })).toBe(411);
    expect(await send({ "content-length": "104857601" })).toBe(400);
  });

  it("goes on after a client that left in the middle", async () => {
    const { signedUrl, headers } = await locate("broken.txt", { filenameRoot: "broken" });
    await new Promise<void>((resolve) => {
      const sending = httpRequest(signedUrl, {
        method: "PUT",
        headers: { ...headers, "content-length": "5" },
      });
      sending.once("close", resolve).once("error", () => undefined);
      sending.write("he", () => sending.destroy());
    });
    expect(await put(signedUrl, headers)).toMatchObject({ status: 200 });
  });
});

describe("CreateUploadLocation", () => {
  it("lets nobody replace a file below a root of the caller's", async () => {
    const root = { filenameRoot: "root1" };
    const native = "s3://flyte-data/uploads/flytesnacks/development/root1/x";
    const { signedUrl, headers } = await locate("x", root);
    await put(signedUrl, headers);
    expect((await locate("x", root)).nativeUrl).toBe(native);
    await expect(locate("x", { ...root, contentMd5: md5(Buffer.from("jello")) })).rejects.toThrow(
      `[already_exists] file already exists at [${native}] with different content (hash mismatch)`,
    );
    await expect(locate("x", { ...root, contentMd5: new Uint8Array() })).rejects.toThrow(
      `[already_exists] file already exists at [${native}]; content_md5 is required to verify safe overwrite`,
    );
  });

  it("cannot tell a file again that was uploaded without its hash as metadata", async () => {
    const request = { filenameRoot: "root2", addContentMd5Metadata: false };
    const { signedUrl, headers } = await locate("x", request);
    expect(headers).toEqual({ "Content-MD5": "XUFAKrxLKna5cZ2REBfFkg==" });
    await put(signedUrl, headers);
    await expect(locate("x", request)).rejects.toThrow("(hash mismatch)");
  });

  it("caps what is announced", async () => {
    await expect(locate("x", { contentLength: 104857601n })).rejects.toThrow(
      "[invalid_argument] content_length (104857601 bytes) exceeds maximum allowed size of 104857600 bytes",
    );
    expect((await locate("x", { contentLength: 104857600n })).signedUrl).toContain("/flyte-data/uploads/");
  });
});

it("finds an upload again after a start from the state file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-store-"));
  const file = join(folder, "state.json");
  const root = { filenameRoot: "kept" };
  const first = await startSandbox({ ...options, file });
  const { signedUrl, headers } = await locate("x", root, first.url);
  await put(signedUrl, headers);
  await first.close();
  const second = await startSandbox({ ...options, file });
  expect((await locate("x", root, second.url)).nativeUrl).toContain("/kept/x");
  await expect(locate("x", { ...root, contentMd5: md5(new Uint8Array()) }, second.url)).rejects.toThrow(
    "already_exists",
  );
  await second.close();
  rmSync(folder, { recursive: true });
});
