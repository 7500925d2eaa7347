import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { STDIO, cleanEnv } from "./built-apps.ts";

const BEAT = `
  import { appendFileSync } from "node:fs";
  setInterval(() => appendFileSync("beats", "."), 50);
  setTimeout(process.exit, 20_000);
`;
// It would end by itself well after that, or be given up by the doctor.
const MOST_MS = 3_000;

it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)(
  "doctor that is ended by %s ends the command that it waits for",
  async (signal) => {
    const cwd = mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-"));
    const beats = join(cwd, "beats");
    writeFileSync(join(cwd, "token.mjs"), BEAT);
    const login = JSON.stringify([process.execPath, "token.mjs"]);
    // What answers at the discard port, or does not, is no matter.
    const args = ["doctor", "--endpoint", "http://127.0.0.1:9", "--auth-command", login];
    const doctor = spawn(process.execPath, [STDIO, ...args], { env: cleanEnv(), stdio: "ignore", cwd });
    while (!existsSync(beats)) await sleep(20);
    const began = performance.now();
    doctor.kill(signal);
    for (let size = 0; size !== statSync(beats).size; await sleep(400)) size = statSync(beats).size;
    expect(performance.now() - began).toBeLessThan(MOST_MS);
  },
);
