import type { IncomingMessage } from "node:http";
import { withCaller } from "@flyte-mcp/core";
import type { Flyte } from "@flyte-mcp/core";
import { checkCredential, readExpiry, readSubject, watchRefusals } from "@flyte-mcp/core/callers";
import type { Verdict } from "@flyte-mcp/core/callers";
import { LRUCache } from "lru-cache";
import { isRefusal } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";
import type { Challenge } from "./challenge.ts";
import type { Caller, Identify } from "./identify.ts";
import { digestOf, idOf, readBearer } from "./read-bearer.ts";

export interface PassThroughOptions {
  flyte: Flyte;
  /** Seconds for which Flyte's word on a credential holds. */
  verifyForS: number;
  /** Whether cookies are credentials as well. */
  forwardsCookies: boolean;
  /** Serves requests without a credential, where nobody but this machine can call. */
  stranger: Caller | undefined;
  challenge: Challenge;
}

interface Credential {
  authorization: string | undefined;
  cookie: string | undefined;
  token: string;
}

const MOST_CREDENTIALS = 10_000;
const KEEP_REFUSAL_MS = 5_000;
const KEEP_REFUSED_CALL_MS = 15_000;
// Clocks differ; Flyte decides about what may still be good.
const SKEW_S = 60;

const UNREACHABLE: Refusal = {
  status: 503,
  message: "Flyte cannot be asked about this credential at the moment; try again.",
  headers: { "retry-after": "5" },
};

/** Each caller's own credential goes to Flyte, which is asked once whether it takes it. */
export function createPassThrough(options: PassThroughOptions): Identify {
  const { flyte, challenge, stranger } = options;
  const { verdictOn, forget } = createVerdicts(options.verifyForS);
  return async (request) => {
    const found = readCredential(request, options.forwardsCookies);
    if (found === undefined) {
      const message = "A credential for Flyte is needed: send it as Authorization: Bearer, or log in.";
      return stranger ?? challenge(request, { message });
    }
    if (isRefusal(found)) return found.status === 401 ? challenge(request, found) : found;
    const { authorization, cookie, token } = found;
    const key = digestOf(JSON.stringify([authorization, cookie]));
    const own = withCaller(flyte, authorization, cookie);
    const verdict = await verdictOn(key, token, own);
    if (verdict === "unreachable") return UNREACHABLE;
    if (verdict === "refused") {
      const message = "Flyte does not accept this credential: it is wrong or expired.";
      return challenge(request, { message, error: "invalid_token" });
    }
    // Flyte has checked the token, or nobody has.
    const subject = verdict === "accepted" ? readSubject(token) : undefined;
    return { id: idOf("pass-through", key), subject, flyte: watchRefusals(own, () => forget(key)) };
  };
}

function readCredential(
  request: IncomingMessage,
  forwardsCookies: boolean,
): Credential | Refusal | undefined {
  const bearer = readBearer(request);
  const { cookie, origin } = request.headers;
  if ((bearer && isRefusal(bearer)) || !forwardsCookies || cookie === undefined) {
    return bearer && !isRefusal(bearer) ? { ...bearer, cookie: undefined } : bearer;
  }
  // A browser sends cookies along for any page; the Origin, which has been checked, says for which.
  if (origin === undefined) {
    return { status: 403, message: "A cookie is taken only from a page whose Origin is allowed." };
  }
  return { authorization: bearer?.authorization, cookie, token: bearer?.token ?? "" };
}

/** What Flyte said of credentials, by their digests; one question at a time of each. */
function createVerdicts(verifyForS: number) {
  const verdicts = new LRUCache<string, Verdict, { flyte: Flyte; expiresInMs: number }>({
    max: MOST_CREDENTIALS,
    ttl: 1,
    ignoreFetchAbort: true,
    async fetchMethod(_key, _stale, { options, context }) {
      const verdict = await checkCredential(context.flyte);
      if (verdict === "unreachable") return undefined;
      const longest = verdict === "refused" ? KEEP_REFUSAL_MS : verifyForS * 1000;
      // To the cache, 0 would be for ever.
      options.ttl = Math.max(1, Math.min(longest, context.expiresInMs));
      return verdict;
    },
  });
  return {
    async verdictOn(key: string, token: string, flyte: Flyte): Promise<Verdict> {
      const expiresAt = readExpiry(token) ?? Infinity;
      const expiresInMs = expiresAt * 1000 - Date.now();
      if (expiresInMs < -SKEW_S * 1000) return "refused";
      return (await verdicts.fetch(key, { context: { flyte, expiresInMs } })) ?? "unreachable";
    },
    /** After a call that was refused: asks again, or where there is nothing to ask, takes the call's word for a while. */
    forget(key: string): void {
      if (verdicts.peek(key) === "unknown") verdicts.set(key, "refused", { ttl: KEEP_REFUSED_CALL_MS });
      else verdicts.delete(key);
    },
  };
}
