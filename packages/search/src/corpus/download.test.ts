import { makeFolder } from "../testing/make-folder.ts";
import { serveWeb } from "../testing/serve-web.ts";
import { download } from "./download.ts";

const other = await serveWeb((_request, response) => response.end("other"));
const web = await serveWeb((request, response) => {
  const moves: Record<string, string> = {
    "/near": "/text",
    "/far": `${other.origin}/`,
    "/round": "/round",
    "/file": "file:///etc/passwd",
  };
  const location = moves[request.url ?? ""];
  if (location !== undefined) response.writeHead(302, { location }).end();
  else if (request.url === "/cut")
    response.writeHead(200, { "content-length": 10 }).write("half", () => response.destroy());
  else response.writeHead(200, { "content-type": "text/plain" }).end("some text");
});
const folder = makeFolder({ "a.txt": "on disk" });
const quiet = { signal: new AbortController().signal, tell: () => undefined };

afterAll(() => {
  web.close();
  other.close();
  folder.remove();
});

const get = async (path: string, more: { mayMove?: boolean; most?: number } = {}) => {
  const { most = 100, ...wanted } = more;
  const address = path.startsWith("/") ? `${web.origin}${path}` : path;
  return (await download({ address, shown: path, ...wanted }, most, quiet)).bytes.toString("utf8");
};

it.each([
  ["/text", "some text"],
  ["/near", "some text"],
  ["/far", "other"],
])("reads %s", async (path, text) => {
  expect(await get(path)).toBe(text);
});

it("reads a file of this machine", async () => {
  const wanted = { address: `${folder.folder}/a.txt`, shown: "a.txt" };
  expect((await download(wanted, 100, quiet)).bytes.toString("utf8")).toBe("on disk");
});

it("stays on a site when told to", async () => {
  expect(await get("/near", { mayMove: false })).toBe("some text");
  await expect(get("/far", { mayMove: false })).rejects.toThrow("/far leads to another site");
});

it.each([
  ["/round", "leads in circles"],
  ["/file", "Only http and https addresses"],
  ["/cut", "The download of /cut broke off."],
  ["http://127.0.0.1:9/x", "cannot be reached (ECONNREFUSED)"],
  ["ftp://127.0.0.1/x", "Only http and https addresses"],
  ["./none.txt", "The download of ./none.txt broke off."],
])("says what is wrong with %s", async (path, why) => {
  await expect(get(path)).rejects.toThrow(why);
});

it("stops at the limit", async () => {
  await expect(get("/text", { most: 4 })).rejects.toThrow("/text is larger than 0 MiB and was not kept.");
});

it("ends when its caller does", async () => {
  const signal = AbortSignal.abort(new Error("left"));
  const wanted = { address: `${web.origin}/text`, shown: "x" };
  await expect(download(wanted, 100, { ...quiet, signal })).rejects.toThrow(/left|abort/);
});
