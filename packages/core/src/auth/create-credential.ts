import { Code, ConnectError } from "@connectrpc/connect";
import { createToolError } from "../errors/tool-error.ts";
import type { ToolError } from "../errors/tool-error.ts";
import { NOBODY } from "./credential.ts";
import type { Credential, Signature } from "./credential.ts";
import { isFresh } from "./token.ts";
import type { Token } from "./token.ts";

/** Says what a person is to do, while a login waits for it. */
export type Ask = (request: string) => void;

/** Where tokens of one kind come from. */
export interface TokenSource {
  /** A token of an earlier process. A source that has this lets calls go without a token until the plane asks for one. */
  restore?: () => Promise<Token | undefined>;
  /** A new token, undefined where the plane offers no login; `last` is out of date or, as the case may be, refused. Throws a tool error. */
  obtain(last: Token | undefined, ask: Ask, isRefused: boolean): Promise<Token | undefined>;
}

export interface CredentialOptions {
  source: TokenSource;
  refuses: Credential["refuses"];
  headersOf(token: Token): Record<string, string>;
  /** How long a call waits for a person, in milliseconds. */
  patienceMs: number;
}

const REST_MS = 60_000;

/** The credential whose tokens come from a source. */
export function createCredential({ source, headersOf, refuses, patienceMs }: CredentialOptions): Credential {
  const tokens = createTokens(source, patienceMs);
  const signatureOf = (token: Token | undefined): Signature =>
    token ? { token: token.value, headers: headersOf(token) } : NOBODY;
  return {
    refuses,
    async sign(signal) {
      await tokens.restored();
      const current = tokens.current();
      if (source.restore && !current) return NOBODY;
      return signatureOf(current && isFresh(current) ? current : await tokens.obtain(signal, false));
    },
    async renew(refused, signal) {
      await tokens.restored();
      const current = signatureOf(tokens.current());
      if (isOther(current, refused)) return current;
      // A plane that does not take what a person has just logged in for will not take the next one either.
      if (current.token !== undefined && tokens.isJustAsked()) return undefined;
      const renewed = signatureOf(await tokens.obtain(signal, true));
      return isOther(renewed, refused) ? renewed : undefined;
    },
  };
}

interface Tokens {
  /** Settles once what an earlier process left is known. */
  restored(): Promise<void>;
  current(): Token | undefined;
  obtain(signal: AbortSignal | undefined, isRefused: boolean): Promise<Token | undefined>;
  /** Whether a person has logged in within the last minute. */
  isJustAsked(): boolean;
}

/** One login for all calls: those that need a token at the same time wait for the same one. */
function createTokens(source: TokenSource, patienceMs: number): Tokens {
  let current: Token | undefined;
  let restoring: Promise<Token | undefined> | undefined;
  let pending: Promise<Token | undefined> | undefined;
  let request: string | undefined;
  let missed: unknown;
  let waiting = 0;
  let askedAt = -Infinity;

  const login = async (isRefused: boolean) => {
    try {
      current = await source.obtain(current, (text) => (request = text), isRefused);
      if (current?.isPersonal) askedAt = performance.now();
      return current;
    } catch (error) {
      if (request !== undefined && waiting === 0) missed = error;
      throw error;
    } finally {
      pending = request = undefined;
    }
  };
  return {
    isJustAsked: () => !pending && performance.now() - askedAt < REST_MS,
    current: () => current,
    async restored() {
      restoring ??= source.restore?.() ?? Promise.resolve(undefined);
      const restored = await restoring;
      current ??= restored;
    },
    async obtain(signal, isRefused) {
      const failure = missed;
      missed = undefined;
      // A login that failed when no call waited for it: the person is to know before another begins.
      if (failure !== undefined && !pending) throw failure;
      pending ??= login(isRefused);
      // Nobody may be left to hear of a failure.
      pending.catch(() => undefined);
      waiting++;
      const whyWait = () => (request === undefined ? undefined : describeRequest(request));
      return waitFor(pending, { signal, patienceMs, whyWait }).finally(() => waiting--);
    },
  };
}

/** Whether it may succeed where another was refused: a token of our own that differs, or goes in another header. */
function isOther(signature: Signature, refused: Signature): boolean {
  return (
    signature.token !== undefined && JSON.stringify(signature.headers) !== JSON.stringify(refused.headers)
  );
}

function describeRequest(request: string): ToolError {
  return createToolError({
    code: "login_required",
    message: `Flyte asks for a login: ${request}`,
    hint: "Tell the person this address and, where there is one, the code, and call the tool again once they have logged in; the login goes on meanwhile.",
    retryable: true,
  });
}

interface Wait {
  signal: AbortSignal | undefined;
  patienceMs: number;
  /** What to throw when it takes long, undefined to wait on. */
  whyWait: () => ToolError | undefined;
}

/** Waits for what others wait for as well: only this wait ends when its caller goes. */
async function waitFor<T>(pending: Promise<T>, { signal, patienceMs, whyWait }: Wait): Promise<T> {
  let end = () => {};
  const given = new Promise<never>((_, reject) => {
    const cancel = () => reject(new ConnectError("the call has ended", Code.Canceled));
    const timer = setInterval(() => {
      const reason = whyWait();
      if (reason) reject(reason);
    }, patienceMs);
    timer.unref();
    if (signal?.aborted) cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    end = () => {
      clearInterval(timer);
      signal?.removeEventListener("abort", cancel);
    };
  });
  try {
    return await Promise.race([pending, given]);
  } finally {
    end();
  }
}
