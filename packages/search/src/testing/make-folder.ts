import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A new folder with these files; `remove` takes it away again. */
export function makeFolder(files: Readonly<Record<string, string | Buffer>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "flyte-mcp-search-"));
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A few examples as a project may have them, and what must be left out of a search. */
export const EXAMPLES: Readonly<Record<string, string | Buffer>> = {
  "retries/backoff.py": [
    '"""Wait longer between attempts."""',
    "import flyte",
    "",
    "env = flyte.TaskEnvironment(name='retry')",
    "",
    "@env.task(retries=flyte.RetryStrategy(count=3))",
    "async def flaky(n: int) -> int:",
    "    return n",
    "",
  ].join("\n"),
  "triggers/basic.py": [
    '"""Run a task on a schedule."""',
    "import flyte",
    "",
    "env = flyte.TaskEnvironment(name='cron')",
    "trigger = flyte.Trigger('daily', flyte.Cron('0 3 * * *'))",
    "",
    "@env.task(triggers=trigger)",
    "async def nightly() -> None:",
    "    print('good morning')",
  ].join("\n"),
  "apps/dashboard.py": "import streamlit as st\n\nst.title('Figures')\n# a cron job feeds this page\n",
  "README.md": "# Examples\n\nEach folder shows one thing.\n",
  "uv.lock": "streamlit cron retry schedule\n".repeat(200),
  "data/rows.csv": "cron,retry\n1,2\n",
  "logo.py": Buffer.from([0, 1, 2, 3]),
  "gen/api_pb2.py": "cron = 1\n",
  "huge.py": "cron = 1\n".repeat(70_000),
};
