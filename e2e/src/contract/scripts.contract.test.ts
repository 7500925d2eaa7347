import { choosePlanes } from "./plane.ts";
import { openSession } from "./session.ts";
import type { Row, Session } from "./session.ts";

const planes = choosePlanes(process.env);
const LONG_MS = 600_000;
/** The sandbox runs no Python but shows what a script was given; so the line comes as an argument, and both print it. */
const line = `contract-${Date.now().toString(36)}`;
const script = `# /// script
# requires-python = ">=3.10"
# dependencies = ["rich>=13"]
# ///
import sys

from rich.console import Console

Console(soft_wrap=True).print(" ".join(sys.argv[1:]))
`;

describe.each(planes.filter(({ executes }) => executes))("a script on $title", (choice) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(choice);
  });
  afterAll(() => session.close());

  it(
    "runs with what it depends on, and its line stands in its output and its log",
    async () => {
      const started = await session.mcp.answer("run_uv_script_remote", { script, args: [line] });
      const { name } = started as { name: string };
      expect(await session.settle(name)).toMatchObject({ name, phase: "succeeded" });
      const { inputs, outputs } = await session.mcp.answer("get_run_io", { name });
      expect(inputs).toMatchObject({ script, args: [line] });
      expect(JSON.stringify(outputs)).toContain(line);
      const { lines } = await session.mcp.answer("get_logs", { run_name: name, wait_s: 30 });
      expect((lines as string[]).join("\n")).toContain(line);
    },
    LONG_MS,
  );
});

describe.each(planes)("an image on $title", (choice) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(choice);
  });
  afterAll(() => session.close());
  const given = { name: "contract", layers: [{ pip: ["rich==13.9.4"] }] };

  it("has the tag that the Python SDK gives it, wherever it is asked for", async () => {
    const shown = await session.mcp.answer("build_image", { ...given, dry_run: true });
    expect(shown).toMatchObject({ tag: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const again: Row = await session.mcp.answer("build_image", { ...given, dry_run: true });
    expect(again["tag"]).toBe(shown["tag"]);
  });

  it(
    "is built, or it is said that this plane builds none",
    async () => {
      const { isError, structuredContent, content } = await session.mcp.client.callTool({
        name: "build_image",
        arguments: given,
      });
      if (isError) return expect(JSON.stringify(content)).toMatch(/no image (service|builder)/);
      const built = structuredContent as Row;
      expect(built).toMatchObject({ target_image: expect.stringContaining("contract:") });
      if (built["exists"] !== true)
        expect(await session.settle(String(built["run"]))).toMatchObject({ phase: "succeeded" });
      expect(await session.mcp.answer("build_image", given)).toMatchObject({ exists: true });
    },
    LONG_MS,
  );
});
