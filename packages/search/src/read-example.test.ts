import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { search } from "./index.ts";
import { EXAMPLES, makeFolder } from "./testing/make-folder.ts";

const corpus = makeFolder({
  ...EXAMPLES,
  "long.py": Array.from({ length: 3_000 }, (_line, nth) => `line_${nth + 1} = ${nth}`).join("\n"),
});
const cache = makeFolder();
const client = await connectClient({
  groups: [search({ sdk_examples: { path: corpus.folder }, cacheDir: cache.folder })],
  flyte: playFlyte(() => undefined),
});
const read = (args: Record<string, unknown>) => client.answer("read_example", args);
const refused = (path: string) => client.failure("read_example", { path });

afterAll(async () => {
  await client.close();
  corpus.remove();
  cache.remove();
});

describe("read_example", () => {
  it("gives a file whole", async () => {
    expect(await read({ path: "apps/dashboard.py" })).toEqual({
      path: "apps/dashboard.py",
      text: EXAMPLES["apps/dashboard.py"]?.toString().trimEnd(),
      from_line: 1,
      to_line: 4,
      total_lines: 4,
    });
  });

  it("gives lines of a file, also one that is kept in sections", async () => {
    const answer = await read({ path: "./long.py", from_line: 2_500, lines: 2 });
    expect(answer).toMatchObject({
      text: "line_2500 = 2499\nline_2501 = 2500",
      next_line: 2_502,
      total_lines: 3_000,
    });
  });

  it("ends an answer in time and says where to go on", async () => {
    const answer = await read({ path: "long.py", lines: 1_000 });
    expect(JSON.stringify(answer).length).toBeLessThan(10_000);
    expect(answer["next_line"]).toBe((answer["to_line"] as number) + 1);
  });

  it("knows a file by the end of its path when there is one such", async () => {
    expect(await read({ path: "backoff.py" })).toMatchObject({ path: "retries/backoff.py" });
  });

  it.each(["../../etc/passwd", "apps/../../x", "..\\x"])("refuses %s", async (path) => {
    expect(await refused(path)).toContain("must stay inside");
  });

  it.each(["/etc/passwd", "uv.lock", "logo.py", "nothing.py"])("has no %s", async (path) => {
    expect(await refused(path)).toMatch(/There is no .* \[not_found\]$/);
  });

  it("offers what was meant", async () => {
    expect(await refused("retries/backof.py")).toContain('Did you mean "retries/backoff.py"?');
    expect(await refused("elsewhere/basic.py")).toContain('Did you mean "triggers/basic.py"?');
  });

  it("refuses lines after the last", async () => {
    const failure = await client.failure("read_example", { path: "README.md", from_line: 9 });
    expect(failure).toContain("The file has 3 lines; from_line is 9.");
  });
});
