import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cleanEnv, runToEnd, STDIO } from "./built-apps.ts";

/** Runs a command on a terminal of its own, types an answer when it asks, and ends as it does. */
const DRIVER = `
import os, pty, select, sys
answer = sys.argv[1].encode().decode("unicode_escape").encode()
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
shown, typed = b"", False
while True:
    ready, _, _ = select.select([fd], [], [], 30)
    try:
        part = os.read(fd, 4096) if ready else b""
    except OSError:
        part = b""
    if not part:
        break
    shown += part
    if not typed and b"[y/N]" in shown:
        typed = True
        os.write(fd, answer)
_, status = os.waitpid(pid, 0)
sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(status))
`;

const hasTerminal = spawnSync("python3", ["-c", "import pty, os; os.waitstatus_to_exitcode"]).status === 0;
if (!hasTerminal)
  process.stderr.write("SKIPPED: the question of setup is asked on a terminal, which python3 makes\n");
const onTerminal = hasTerminal ? it : it.skip;

onTerminal.each([
  ["y", "y\\r", 0, "Written.", true],
  ["n", "n\\r", 1, "Nothing was written.", false],
  ["nothing", "\\r", 1, "Nothing was written.", false],
  ["Ctrl-C", "\\x03", 1, "Nothing was written.", false],
  ["Ctrl-D", "\\x04", 1, "Nothing was written.", false],
])("takes %s on a terminal for what it is", (_what, answer, code, sentence, isWritten) => {
  const env = cleanEnv();
  const args = ["-c", DRIVER, answer, process.execPath, STDIO, "setup", "cursor", "--sandbox"];
  const { status, stdout } = spawnSync("python3", args, { env, encoding: "utf8" });
  expect(stdout).toContain(sentence);
  expect(status).toBe(code);
  expect(existsSync(join(env["HOME"] ?? "", ".cursor/mcp.json"))).toBe(isWritten);
});

onTerminal("takes the end of input for a no also where its words go elsewhere", () => {
  const env = cleanEnv();
  const command = '"$0" "$1" setup cursor --sandbox | cat; exit "${PIPESTATUS[0]}"';
  const args = ["-c", DRIVER, "\\x04", "/bin/bash", "-c", command, process.execPath, STDIO];
  const { status, stdout } = spawnSync("python3", args, { env, encoding: "utf8" });
  expect(stdout).toContain("Nothing was written.");
  expect(status).toBe(1);
  expect(existsSync(join(env["HOME"] ?? "", ".cursor/mcp.json"))).toBe(false);
});

it("does not ask where there is no terminal, and says how to go on", async () => {
  const { code, stdout, stderr } = await runToEnd(STDIO, ["setup", "cursor", "--sandbox"]);
  expect(code).not.toBe(0);
  expect(stdout + stderr).toContain("--yes");
});
