import { Code, ConnectError } from "@connectrpc/connect";
import { readAuth } from "../auth/read-auth.ts";
import type { Flyte } from "../client/flyte.ts";
import { explain } from "../errors/explain.ts";
import { isToolError } from "../errors/tool-error.ts";
import { isAnswered } from "./attempt.ts";
import type { Attempt } from "./attempt.ts";
import type { Contact, DoctorSettings } from "./examine.ts";
import type { Problem } from "./report.ts";

/** Whether no other call can fare better. */
export function isHopeless(signed: Attempt<unknown>): boolean {
  if (signed.ok) return false;
  const { error } = signed;
  if (!(error instanceof ConnectError) || error.code === Code.Unauthenticated) return true;
  // A plane may well have no projects to list, or keep them from us.
  return !isAnswered(signed) && error.code !== Code.Unimplemented && error.code !== Code.PermissionDenied;
}

/** What is wrong with the way to the plane or with the login there. */
export function explainContact(flyte: Flyte, settings: DoctorSettings, { bare, signed }: Contact): Problem[] {
  if (signed.ok || !isHopeless(signed)) return [];
  const { error, ms } = signed;
  const isLate = error instanceof ConnectError && error.code === Code.DeadlineExceeded;
  const words = isLate && isAnswered(bare) ? lateLogin(settings, ms) : undefined;
  const refused = error instanceof ConnectError && error.code === Code.Unauthenticated;
  const own = words ?? (refused ? refusedLogin(settings) : undefined);
  const { message, hint } = own ?? explain(error, flyte.endpoint, flyte.secrets);
  const proxy = isLate && !isToolError(error) ? lateProxy(settings) : undefined;
  return [{ severity: "error", message, hint: [hint, proxy].filter(Boolean).join(" ") || undefined }];
}

interface Words {
  message: string;
  hint: string;
}

/** The plane answers to nobody, and a call with the credential does not end: what fetches the credential hangs. */
function lateLogin({ values }: DoctorSettings, ms: number): Words | undefined {
  const mode = readAuth(values);
  const after = `within ${Math.round(ms / 100) / 10} s`;
  if (mode.kind === "command") {
    return {
      message: `The command ${mode.argv[0]}, which is to print a token for Flyte, has not ended ${after}.`,
      hint: "Run it in a terminal to see what it waits for.",
    };
  }
  if (mode.kind !== "client-secret") return undefined;
  return {
    message: `Flyte answers, but the login has not ended ${after}.`,
    hint: "The token endpoint that Flyte advertises may not be reachable from here, or needs a proxy by HTTPS_PROXY.",
  };
}

function refusedLogin({ values }: DoctorSettings): Words | undefined {
  const { kind } = readAuth(values);
  if (kind === "pass-through") {
    return {
      message: "Flyte asks for a login, and each caller brings its own: this cannot be checked without one.",
      hint: "Set FLYTE_ACCESS_TOKEN and --auth-type Pkce for this check alone.",
    };
  }
  if (kind !== "none") return undefined;
  return {
    message: "Flyte asks for a login, and the auth type None gives none.",
    hint: "Set another auth type, or FLYTE_API_KEY, FLYTE_AUTH_COMMAND or FLYTE_ACCESS_TOKEN.",
  };
}

function lateProxy({ values }: DoctorSettings): string | undefined {
  if (!values.proxyCommand?.length) return undefined;
  return `It may also be the command ${values.proxyCommand[0]}, which is to print a token for a proxy.`;
}
