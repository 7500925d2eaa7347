import { Code, ConnectError } from "@connectrpc/connect";
import { z } from "zod";
import { REFUSED_HERE } from "../guard/refusal.ts";
import { isSettingsError } from "../settings/settings-error.ts";
import type { ErrorCode } from "./codes.ts";
import { explainMissingService } from "./missing-service.ts";
import { explainNetwork } from "./network.ts";
import { plainWords } from "./plain-words.ts";
import { redact } from "./redact.ts";
import { isToolError } from "./tool-error.ts";
import type { Explanation } from "./tool-error.ts";

/** What is said of each code when nothing better is known. */
const BY_CODE: Partial<Record<Code, Omit<Explanation, "code">>> = {
  [Code.Canceled]: { message: "The call was cancelled.", retryable: true },
  [Code.DeadlineExceeded]: {
    message: "Flyte did not answer in time.",
    hint: "Try again; if it stays so, check that the endpoint is right and reachable.",
    retryable: true,
  },
  [Code.Unauthenticated]: {
    message: "Flyte did not accept the credentials: they are missing, wrong or expired.",
    hint: "Give a fresh token by FLYTE_ACCESS_TOKEN, or by the Authorization header over HTTP.",
    retryable: false,
  },
  [Code.PermissionDenied]: {
    message: "Flyte does not allow this to the identity in use.",
    hint: "Ask for access, or use another identity, project or domain.",
    retryable: false,
  },
  [Code.Unavailable]: { message: "Flyte is unavailable.", hint: "Try again in a moment.", retryable: true },
  [Code.ResourceExhausted]: {
    message: "Flyte refuses more load.",
    hint: "Try again later.",
    retryable: true,
  },
  [Code.Unimplemented]: {
    message: "This control plane does not offer what the tool needs.",
    hint: "An older or a smaller Flyte may lack the service.",
    retryable: false,
  },
};

/** Turns anything thrown in a tool call into what the caller is told; `endpoint` is named where the network failed. */
export function explain(error: unknown, endpoint: string, secrets: readonly string[] = []): Explanation {
  if (isToolError(error)) return error.explanation;
  if (!(error instanceof ConnectError)) return explainUnknown(error, secrets);
  const missing = explainMissingService(error, endpoint);
  if (missing) return missing;
  const network = explainNetwork(error, endpoint);
  if (network) return network;
  if (error.cause === REFUSED_HERE) {
    const hint = "The operator of this MCP server set this limit.";
    return { code: "permission_denied", message: `${error.rawMessage}.`, hint, retryable: false };
  }
  const code = codeName(error.code);
  const detail = firstLine(error.rawMessage, secrets);
  const plain = plainWords(detail);
  if (plain) return { code, retryable: false, ...plain };
  const known = BY_CODE[error.code];
  if (known) return { code, ...known, message: withDetail(known.message, detail) };
  if (/^HTTP \d+$/.test(detail)) {
    const hint = "Look at the logs of Flyte, or of a proxy before it.";
    return { code, message: `${endpoint} failed with ${detail}.`, hint, retryable: true };
  }
  const message = detail || "Flyte answered with an error that says no more.";
  return { code, message, retryable: error.code === Code.Aborted };
}

function explainUnknown(error: unknown, secrets: readonly string[]): Explanation {
  if (error instanceof Error && error.name === "AbortError") {
    return { code: "canceled", message: "The call was cancelled.", retryable: true };
  }
  if (isSettingsError(error)) return { code: "not_configured", message: error.message, retryable: false };
  const text = error instanceof Error ? messageOf(error) : String(error);
  return { code: "internal", message: `The tool failed: ${firstLine(text, secrets)}`, retryable: false };
}

function messageOf(error: Error): string {
  // Zod's own message is a page of JSON.
  const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
  return issue ? `a value is not as declared at ${issue.path.join(".")}: ${issue.message}` : error.message;
}

function withDetail(message: string, detail: string): string {
  if (detail === "" || /^HTTP \d+$/.test(detail)) return message;
  return `${message} It says: ${detail}${/[.!?…]$/.test(detail) ? "" : "."}`;
}

function firstLine(text: string, secrets: readonly string[]): string {
  // Before any cut: half a secret would no longer be known as one.
  const clean = redact(text.slice(0, 10_000), secrets).split("\n", 1).join("").trim();
  return clean.length > 400 ? `${clean.slice(0, 400)}…` : clean;
}

/** `not_found` of `NotFound`. */
export function codeName(code: Code): ErrorCode {
  return Code[code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase() as ErrorCode;
}
