import { randomInt } from "node:crypto";
import type { Issuer } from "./issuer.ts";
import { createSecret, ISSUER_PATH } from "./issuer.ts";

/** What a page answers: HTML, or a way on. */
export type PageAnswer = { status: number; html: string } | { location: string };

const BUTTONS = ["approve", "deny"]
  .map((decision) => `<button name="decision" value="${decision}">${decision}</button>`)
  .join("");

/** The page that a browser is sent to for a code, or a refusal of what it was sent with. */
export function showAuthorize(issuer: Issuer, query: URLSearchParams): PageAnswer {
  const redirectUri = query.get("redirect_uri") ?? "";
  const challenge = query.get("code_challenge") ?? "";
  if (query.get("client_id") !== issuer.clientId || redirectUri !== issuer.redirectUri) {
    return page(400, "The client or its redirect address is not known.");
  }
  const isProper = query.get("response_type") === "code" && query.get("code_challenge_method") === "S256";
  if (!isProper || challenge === "") return page(400, "Only codes with an S256 challenge are given.");
  const id = createSecret("form");
  issuer.waiting.set(id, { redirectUri, challenge, state: query.get("state") ?? "" });
  return form(
    "authorize",
    "Let Flyte MCP act for you?",
    `<input type="hidden" name="request" value="${id}">`,
  );
}

/** Sends the browser back with a code or a refusal. */
export function decideAuthorize(issuer: Issuer, fields: URLSearchParams): PageAnswer {
  const id = fields.get("request") ?? "";
  const request = issuer.waiting.get(id);
  if (!request) return page(400, "This login is over.");
  issuer.waiting.delete(id);
  const back = new URL(request.redirectUri);
  back.searchParams.set("state", request.state);
  if (fields.get("decision") !== "approve") {
    back.searchParams.set("error", "access_denied");
    return { location: back.href };
  }
  const code = createSecret("code");
  issuer.codes.set(code, request);
  back.searchParams.set("code", code);
  return { location: back.href };
}

export function showDevice(query: URLSearchParams): PageAnswer {
  const known = (query.get("user_code") ?? "").replace(/[^A-Z-]/g, "");
  return form("device", "Let a device act for you?", `<input name="user_code" value="${known}">`);
}

export function decideDevice(issuer: Issuer, fields: URLSearchParams): PageAnswer {
  const device = [...issuer.devices.values()].find(({ userCode }) => userCode === fields.get("user_code"));
  if (!device || device.expiresAt < Date.now()) return page(400, "There is no such code.");
  device.decision = fields.get("decision") === "approve" ? "approve" : "deny";
  return page(200, `The device is ${device.decision === "approve" ? "let in" : "turned away"}.`);
}

/** Begins the device flow. */
export function openDevice(issuer: Issuer, at: string): Record<string, unknown> {
  const { deviceAgeS = 600, pollIntervalS, pollAnswers = [] } = issuer.options;
  const letters = Array.from({ length: 8 }, () => "BCDFGHJKLMNPQRSTVWXZ"[randomInt(20)]).join("");
  const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  const deviceCode = createSecret("device");
  const expiresAt = Date.now() + deviceAgeS * 1000;
  issuer.devices.set(deviceCode, { userCode, expiresAt, decision: "pending", answers: [...pollAnswers] });
  const page = `${at}${ISSUER_PATH}device`;
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: deviceAgeS,
    ...(pollIntervalS !== undefined && { interval: pollIntervalS }),
  };
}

export function page(status: number, text: string): PageAnswer {
  return { status, html: `<!doctype html><title>Sandbox login</title><p>${text}</p>` };
}

function form(action: string, question: string, field: string): PageAnswer {
  const html = `<!doctype html><title>Sandbox login</title><form method="post" action="${ISSUER_PATH}${action}"><p>${question}</p>${field}${BUTTONS}</form>`;
  return { status: 200, html };
}
