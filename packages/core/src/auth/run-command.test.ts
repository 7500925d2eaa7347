import { isToolError } from "../errors/tool-error.ts";
import { runTokenCommand } from "./run-command.ts";

const node = (script: string) => [process.execPath, "-e", script];

async function refusal(argv: readonly string[], longestMs?: number): Promise<string> {
  const error: unknown = await runTokenCommand(argv, longestMs).catch((reason: unknown) => reason);
  return isToolError(error) ? error.explanation.message : `no tool error: ${String(error)}`;
}

describe("a command that prints a token", () => {
  it("is run as it is, without a shell", async () => {
    expect(await runTokenCommand(["echo", "$HOME;t"])).toBe("$HOME;t");
    expect(await runTokenCommand(node("console.log('  Bearer abc.def \\n')"))).toBe("abc.def");
  });

  it.each([
    ["cannot be started (ENOENT)", ["/no/such/command"]],
    ["cannot be started (ERR_INVALID_ARG_VALUE)", ["echo", "canary\0canary"]],
    ["cannot be started (ERR_INVALID_ARG_VALUE)", [""]],
    ["ended with exit code 3", node("console.log('canary'); console.error('canary'); process.exit(3)")],
    ["was ended by SIGKILL", node("process.kill(process.pid, 'SIGKILL')")],
    ["prints nothing", node("console.error('canary')")],
    ["prints more than a token", node("console.log('canary canary')")],
    [
      "prints more than 1 MiB",
      node("process.stdout.write('canary'.repeat(400000)); setTimeout(() => {}, 60000)"),
    ],
  ])("is refused when it %s, with nothing of what it printed", async (what, argv) => {
    expect(await refusal(argv)).toBe(`The command ${argv[0]}, which is to print a token for Flyte, ${what}.`);
  });

  it("is ended with all that it started when it takes too long", async () => {
    const began = performance.now();
    expect(await refusal(["sh", "-c", "sleep 60 & sleep 60"], 200)).toContain("has not ended within 0.2 s.");
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
