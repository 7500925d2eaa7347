import { spawn } from "node:child_process";
import type { Fetch } from "./fetch-error.ts";
import { createFetchError } from "./fetch-error.ts";
import { hideLogin } from "./read-source.ts";
import type { Source } from "./read-source.ts";

const MOST_MS = 180_000;
const MOST_MIB = 256;
const MOST_LINE = 300;
const MOST_TEXT = 4_000;
const BROKEN_PIPE = 141;
const UNITS: Record<string, number> = { KiB: 2 ** -10, MiB: 1, GiB: 2 ** 10 };

/** Asks nobody for a password, and says what it does in English. */
const QUIET = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "true",
  GIT_LFS_SKIP_SMUDGE: "1",
  GIT_ALLOW_PROTOCOL: "https:http:ssh:git:file",
  GIT_PROGRESS_DELAY: "0",
  LC_ALL: "C",
};

/** Neither what the server signs in with nor the repository that it may have been started in is git's business. */
const NOT_HANDED_ON =
  /^(FLYTE|UNION|UCTL)_|^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE)$/;

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !NOT_HANDED_ON.test(name));
  return { GIT_SSH_COMMAND: "ssh -oBatchMode=yes", ...Object.fromEntries(kept), ...QUIET };
}

/** Runs git to its end and hands its output on; throws a fetch error with git's last words, without a login. */
export async function runGit(
  args: readonly string[],
  source: Source,
  { signal, tell }: Fetch,
  read: (output: AsyncIterable<Buffer>) => Promise<void> = async (output) => {
    for await (const _ of output);
  },
): Promise<void> {
  const ending = new AbortController();
  const until = AbortSignal.any([signal, ending.signal, AbortSignal.timeout(MOST_MS)]);
  const git = spawn("git", args, { signal: until, env: environment(), stdio: ["ignore", "pipe", "pipe"] });
  const watch = watchProgress((step, mib) => {
    tell(`${step} ${source.shown}`);
    if (mib > MOST_MIB) ending.abort();
  });
  git.stderr.on("data", watch.add);
  const ended = new Promise<{ code: number | null; error?: NodeJS.ErrnoException }>((resolve) => {
    git.on("error", (error) => resolve({ code: null, error }));
    git.on("close", (code) => resolve({ code }));
  });
  const reading = read(git.stdout).catch((error: unknown) => ({ error }));
  const { code, error } = await ended;
  const failed = await reading;
  signal.throwIfAborted();
  if (ending.signal.aborted) throw createFetchError(`${source.shown} is larger than ${MOST_MIB} MiB.`);
  if (until.aborted) throw createFetchError(`Fetching ${source.shown} took longer than three minutes.`);
  if (error) throw explainStart(error, source);
  const isStoppedByUs = failed !== undefined && (code === null || code === BROKEN_PIPE);
  if (code !== 0 && !isStoppedByUs) throw explainEnd(watch.text(), source);
  if (failed) throw failed.error;
}

/** git is not on this machine. */
export function isNoGit(error: unknown): boolean {
  return error instanceof Error && "noGit" in error;
}

function explainStart(error: NodeJS.ErrnoException, { shown }: Source): Error {
  if (error.code !== "ENOENT")
    return createFetchError(`git cannot be started (${error.code ?? "unknown cause"}).`);
  const message = `git is not installed, and ${shown} can only be fetched with it.`;
  return Object.assign(createFetchError(message), { noGit: true });
}

function explainEnd(text: string, { address, shown }: Source): Error {
  const lines = hideLogin(text.replaceAll(address, shown)).split(/[\r\n]+/);
  const last = lines.filter((line) => /^(fatal|error|remote|ssh):/.test(line)).at(-1) ?? "it gave no reason";
  const reason = last.replace(/^(fatal|error): */, "").slice(0, MOST_LINE);
  return createFetchError(`git could not fetch ${shown}: ${reason}`);
}

/** Keeps the end of what git says, and reports each tenth of the transfer. */
function watchProgress(report: (step: string, mib: number) => void) {
  let [text, told] = ["", -1];
  return {
    add(chunk: Buffer) {
      text = (text + chunk.toString("utf8")).slice(-MOST_TEXT);
      const found = [...text.matchAll(/Receiving objects: +(\d+)%[^,\r\n]*(?:, ([\d.]+) ([KMG]iB))?/g)].at(
        -1,
      );
      if (!found) return;
      const [, percent = "0", amount = "0", unit = "KiB"] = found;
      const mib = Number(amount) * (UNITS[unit] ?? 0);
      const tenth = Math.floor(Number(percent) / 10);
      if (tenth === told && mib <= MOST_MIB) return;
      told = tenth;
      report(`Received ${percent}% of`, mib);
    },
    text: () => text,
  };
}
