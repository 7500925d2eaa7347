import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { asksForLogin } from "../auth/credential.ts";
import type { Flyte } from "../client/flyte.ts";

/** What a plane says of a credential; `unknown` where it has nothing to ask, so that the first call decides. */
export type Verdict = "accepted" | "refused" | "unknown" | "unreachable";

type Answer = "accepted" | "refused" | "denied" | "missing" | "unreachable";

const LONGEST_MS = 8_000;
// Of a service that knows the caller and cannot serve this request.
const OWN_ANSWERS: readonly Code[] = [Code.NotFound, Code.InvalidArgument, Code.FailedPrecondition];

/** Asks a plane whether it takes the credential that `flyte` signs with; never throws. */
export async function checkCredential(flyte: Flyte): Promise<Verdict> {
  if (flyte.problem) return "unknown";
  const options = { timeoutMs: LONGEST_MS };
  const { transport, defaults } = flyte;
  const identity = await ask(() => createClient(IdentityService, transport).userInfo({}, options));
  if (identity === "accepted" || identity === "unreachable") return identity;
  // Flyte reads an identity only from some kinds of tokens, and refuses here others that it takes elsewhere.
  const request = { limit: 1, org: defaults.org ?? "" };
  const project = await ask(() => createClient(ProjectService, transport).listProjects(request, options));
  if (project === "missing") return identity === "missing" ? "unknown" : "refused";
  if (project === "denied") return identity === "missing" ? "accepted" : "refused";
  return project;
}

async function ask(call: () => Promise<unknown>): Promise<Answer> {
  try {
    await call();
    return "accepted";
  } catch (error) {
    return error instanceof ConnectError ? judge(error) : "unreachable";
  }
}

function judge(error: ConnectError): Answer {
  if (asksForLogin(error, CALLER) || isPage(error)) return "refused";
  if (error.code === Code.PermissionDenied) return "denied";
  if (error.code === Code.Unimplemented) return "missing";
  return OWN_ANSWERS.includes(error.code) && !/^HTTP \d/.test(error.rawMessage) ? "accepted" : "unreachable";
}

/** A call that carried a caller's credential, whatever it was. */
export const CALLER = { token: "a caller's", headers: {} };

/** Login proxies answer with their page instead of a refusal. */
function isPage({ rawMessage }: ConnectError): boolean {
  return /^unsupported content type text\/html/i.test(rawMessage);
}
