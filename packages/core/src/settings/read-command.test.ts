import { policySettings } from "./definitions.ts";
import { runCommand } from "./read-command.ts";
import type { Command } from "./read-command.ts";
import { createSettingsError } from "./settings-error.ts";

const shape = { readOnly: policySettings.readOnly };

let exitCode: typeof process.exitCode;
const write = process.stderr.write.bind(process.stderr);
let stderr = "";

beforeEach(() => {
  exitCode = process.exitCode;
  stderr = "";
  process.stderr.write = (text: string | Uint8Array) => {
    stderr += String(text);
    return true;
  };
});
afterEach(() => {
  process.exitCode = exitCode;
  process.stderr.write = write;
});

/** What a command line prints, serves and leaves as its exit code. */
async function run(
  argv: string[],
  serve: Command<typeof shape>["serve"] = () => Promise.resolve(),
  doctor?: Command<typeof shape>["doctor"],
) {
  const printed: string[] = [];
  const served: unknown[] = [];
  const command: Command<typeof shape> = {
    name: "flyte-mcp",
    version: "1.2.3",
    intro: "An MCP server.",
    shape,
    print: (text) => printed.push(text),
    serve(values) {
      served.push(values);
      return serve(values);
    },
    ...(doctor && { doctor }),
  };
  process.exitCode = undefined;
  stderr = "";
  await runCommand(command, argv);
  return { printed, served, stderr, code: process.exitCode };
}

describe("runCommand", () => {
  it("serves by the settings", async () => {
    const done = await run(["--read-only"]);
    expect(done).toEqual({ printed: [], served: [{ readOnly: true }], stderr: "", code: undefined });
  });

  it("prints the version, or the help, and serves nothing", async () => {
    expect(await run(["--version"])).toEqual({ printed: ["1.2.3"], served: [], stderr: "", code: undefined });
    const { printed, served } = await run(["--help", "--version"]);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toMatch(/^Usage: flyte-mcp \[OPTIONS\]\n\nAn MCP server\.\n/);
    expect(served).toEqual([]);
  });

  it("says in one sentence what is wrong with the settings, and leaves 2", async () => {
    expect(await run(["--read-onl"])).toEqual({
      printed: [],
      served: [],
      stderr: 'flyte-mcp: Unknown option --read-onl. Did you mean "--read-only"? --help lists the options.\n',
      code: 2,
    });
  });

  it("leaves 2 when what is served finds the settings wrong, and 1 for all else", async () => {
    const wrong = await run([], () => Promise.reject(createSettingsError("No such group.")));
    expect([wrong.stderr, wrong.code]).toEqual(["flyte-mcp: No such group.\n", 2]);
    const broken = await run([], () => Promise.reject(new Error("port in use")));
    expect([broken.stderr, broken.code]).toEqual(["flyte-mcp: port in use\n", 1]);
  });

  it("calls the doctor for its first word, with all that is known of the settings", async () => {
    const seen: unknown[] = [];
    const doctor: Command<typeof shape>["doctor"] = ({ values, sources }, asJson) => {
      seen.push([values, sources, asJson]);
      return Promise.resolve();
    };
    await run(["doctor", "--read-only"], undefined, doctor);
    const { served } = await run(["doctor", "--json"], undefined, doctor);
    expect(seen).toEqual([
      [{ readOnly: true }, { readOnly: "--read-only" }, false],
      [{ readOnly: undefined }, {}, true],
    ]);
    expect(served).toEqual([]);
    const help = await run(["doctor", "--help"], undefined, doctor);
    expect(help.printed[0]).toMatch(/^Usage: flyte-mcp doctor \[--json\] \[OPTIONS\]\n/);
    expect((await run(["--help"], undefined, doctor)).printed[0]).toContain(
      "`flyte-mcp doctor` with the same options",
    );
  });

  it("tells a machine in JSON what keeps the doctor from looking", async () => {
    const wrong = await run(["doctor", "--json", "--read-onl"], undefined, () => Promise.resolve());
    expect(JSON.parse(wrong.printed[0] ?? "")).toMatchObject({
      ok: false,
      problems: [{ severity: "error", message: expect.stringContaining("--read-only") as string }],
    });
    expect([wrong.stderr, wrong.code]).toEqual(["", 2]);
    expect((await run(["doctor"])).stderr).toContain('Unexpected argument "doctor".');
  });
});
