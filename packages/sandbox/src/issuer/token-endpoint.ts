import { createHash } from "node:crypto";
import type { DeviceRequest, Issuer } from "./issuer.ts";
import { createSecret, mintToken } from "./issuer.ts";

/** An answer of the token endpoint: a token reply, or an error of RFC 6749 by its name, or a bare status. */
export type TokenAnswer = { status: number; json: Record<string, unknown> };

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** Answers a request for a token. */
export function answerToken(
  issuer: Issuer,
  form: URLSearchParams,
  authorization: string | undefined,
): TokenAnswer {
  const grant = form.get("grant_type") ?? "";
  if (grant === "client_credentials") return answerClient(issuer, authorization);
  if (form.get("client_id") !== issuer.clientId) return refuse("invalid_client", 401);
  if (grant === "refresh_token") return answerRefresh(issuer, form.get("refresh_token") ?? "");
  if (grant === "authorization_code") return answerCode(issuer, form);
  if (grant === DEVICE_GRANT) return answerDevice(issuer, form.get("device_code") ?? "");
  return refuse("unsupported_grant_type");
}

function answerClient(issuer: Issuer, authorization: string | undefined): TokenAnswer {
  const { clientSecret } = issuer.options;
  // The secret comes encoded as in a form, the client's id as it is.
  const secret = new URLSearchParams({ "": clientSecret ?? "" }).toString().slice(1);
  const expected = `Basic ${Buffer.from(`${issuer.clientId}:${secret}`).toString("base64")}`;
  if (clientSecret === undefined || authorization !== expected) return refuse("invalid_client", 401);
  issuer.log("client_credentials");
  return reply(issuer, "robot", false);
}

function answerRefresh(issuer: Issuer, refreshToken: string): TokenAnswer {
  if (!issuer.refreshTokens.has(refreshToken)) return refuse("invalid_grant");
  const rotates = issuer.options.rotates ?? true;
  if (rotates) issuer.refreshTokens.delete(refreshToken);
  issuer.log("refresh_token");
  return reply(issuer, "ada", rotates);
}

function answerCode(issuer: Issuer, form: URLSearchParams): TokenAnswer {
  const code = form.get("code") ?? "";
  const request = issuer.codes.get(code);
  issuer.codes.delete(code);
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (request?.challenge !== challenge) return refuse("invalid_grant");
  if (form.get("redirect_uri") !== request.redirectUri) return refuse("invalid_grant");
  issuer.log("authorization_code");
  return reply(issuer, "ada", true);
}

function answerDevice(issuer: Issuer, deviceCode: string): TokenAnswer {
  const device = issuer.devices.get(deviceCode);
  if (!device) return refuse("invalid_grant");
  const odd = device.answers.shift();
  if (typeof odd === "number") return { status: odd, json: {} };
  if (odd !== undefined) return refuse(odd);
  if (device.expiresAt < Date.now()) return refuse("expired_token");
  return answerDecision(issuer, device, deviceCode);
}

function answerDecision(issuer: Issuer, { decision }: DeviceRequest, deviceCode: string): TokenAnswer {
  if (decision === "pending") return refuse("authorization_pending");
  issuer.devices.delete(deviceCode);
  if (decision === "deny") return refuse("access_denied");
  issuer.log("device_code");
  return reply(issuer, "ada", true);
}

function reply(issuer: Issuer, subject: string, hasRefresh: boolean): TokenAnswer {
  const { tokenAgeS = 3600, toldAgeS = tokenAgeS } = issuer.options;
  const token = { access_token: mintToken(issuer, subject), token_type: "Bearer", expires_in: toldAgeS };
  if (!hasRefresh) return { status: 200, json: token };
  const refreshToken = createSecret("refresh");
  issuer.refreshTokens.add(refreshToken);
  return { status: 200, json: { ...token, refresh_token: refreshToken } };
}

function refuse(error: string, status = 400): TokenAnswer {
  return { status, json: { error, error_description: "the sandbox's issuer refuses it" } };
}
