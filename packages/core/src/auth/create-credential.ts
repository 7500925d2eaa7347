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

/** One login for all calls: those that need a token at the same time wait for the same one. */
export function createCredential(options: CredentialOptions): Credential {
  const { source, headersOf, refuses, patienceMs } = options;
  let current: Token | undefined;
  let restoring: Promise<Token | undefined> | undefined;
  let pending: Promise<Token | undefined> | undefined;
  let request: string | undefined;
  let askedAt = -Infinity;

  const login = async (isRefused: boolean) => {
    const token = await source.obtain(current, (text) => (request = text), isRefused);
    if (token?.isPersonal) askedAt = performance.now();
    current = token;
    return token;
  };
  const obtain = (signal: AbortSignal | undefined, isRefused: boolean) => {
    pending ??= login(isRefused).finally(() => (pending = request = undefined));
    // Nobody may be left to hear of a failure.
    pending.catch(() => undefined);
    return waitFor(pending, {
      signal,
      patienceMs,
      whyWait: () => (request === undefined ? undefined : describeRequest(request)),
    });
  };
  const signatureOf = (token: Token | undefined): Signature =>
    token ? { token: token.value, headers: headersOf(token) } : NOBODY;

  return {
    refuses,
    async sign(signal) {
      if (source.restore && !current) {
        restoring ??= source.restore();
        current ??= await restoring;
        if (!current) return NOBODY;
      }
      return signatureOf(current && isFresh(current) ? current : await obtain(signal, false));
    },
    async renew(refused, signal) {
      if (isOther(signatureOf(current), refused)) return signatureOf(current);
      // A plane that does not take what a person has just logged in for will not take the next one either.
      if (!pending && current && performance.now() - askedAt < REST_MS) return undefined;
      const renewed = signatureOf(await obtain(signal, true));
      return isOther(renewed, refused) ? renewed : undefined;
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
