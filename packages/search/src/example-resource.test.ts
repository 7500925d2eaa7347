import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { search } from "./index.ts";
import { EXAMPLES, makeFolder } from "./testing/make-folder.ts";

const LONG = Array.from({ length: 3_000 }, (_line, nth) => `line_${nth + 1} = ${nth}`).join("\n");
const corpus = makeFolder({ ...EXAMPLES, "long.py": LONG });
const cache = makeFolder();
const connect = (options: Parameters<typeof search>[0]) =>
  connectClient({
    groups: [search({ ...options, cacheDir: cache.folder })],
    flyte: playFlyte(() => undefined),
  });
const [filled, empty] = await Promise.all([
  connect({ sdk_examples: { path: corpus.folder } }),
  connect({ fetch: false }),
]);

afterAll(async () => {
  await Promise.all([filled.close(), empty.close()]);
  corpus.remove();
  cache.remove();
});

async function read({ client }: typeof filled, path: string): Promise<string> {
  const { contents } = await client.readResource({ uri: `flyte://examples/${path}` });
  const [content] = contents;
  return content && "text" in content ? content.text : "";
}

async function complete({ client }: typeof filled, value: string) {
  const ref = { type: "ref/resource", uri: "flyte://examples/{+path}" } as const;
  return (await client.complete({ ref, argument: { name: "path", value } })).completion.values;
}

describe("an example as a resource", () => {
  it("is the file, whole unless it is longer than clients show", async () => {
    expect(await read(filled, "apps/dashboard.py")).toBe(EXAMPLES["apps/dashboard.py"]);
    const long = await read(filled, "long.py");
    expect(long.slice(0, 39_000)).toBe(LONG.slice(0, 39_000));
    expect(long).toMatch(/… \[cut: \d+ characters\]$/);
  });

  it("is told from one that does not exist, or lies elsewhere", async () => {
    await expect(read(filled, "apps/dashbord.py")).rejects.toMatchObject({
      code: -32_002,
      message: expect.stringContaining('There is no "apps/dashbord.py"') as string,
    });
    await expect(read(filled, "..%2F..%2Fetc/passwd")).rejects.toThrow("must stay inside the examples");
  });

  it("says how to get the examples where there are none", async () => {
    await expect(read(empty, "apps/dashboard.py")).rejects.toThrow(/run `flyte-mcp corpus update`/);
    await expect(complete(empty, "")).rejects.toThrow(/run `flyte-mcp corpus update`/);
  });

  it("is found by the beginning of its path", async () => {
    expect(await complete(filled, "APPS/dash")).toEqual(["apps/dashboard.py"]);
  });
});
