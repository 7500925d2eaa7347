import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSettingsError } from "@flyte-mcp/core";
import type { Flyte } from "@flyte-mcp/core";
import { byBearer } from "./by-bearer.ts";
import type { Challenge } from "./challenge.ts";
import type { Identify } from "./identify.ts";
import { idOf } from "./read-bearer.ts";

const LEAST_CHARACTERS = 16;

/** Lets callers in who send one of the secrets; this server's own credential goes to Flyte. */
export function createSharedSecret(flyte: Flyte, secrets: readonly string[], challenge: Challenge): Identify {
  const digests = secrets.map(digest);
  const needed = "The shared secret is needed, as Authorization: Bearer.";
  return byBearer({ challenge, needed }, (token, request) => {
    const given = digest(token);
    // All are compared, so that the time does not tell which one was close.
    const isKnown = digests.map((each) => timingSafeEqual(each, given)).includes(true);
    if (isKnown) return { id: idOf("shared-secret", token), flyte };
    return challenge(request, { message: "The shared secret is not this server's.", error: "invalid_token" });
  });
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** The secrets that the settings give, by commas. Throws a settings error on one that can be guessed. */
export function readSharedSecrets(text: string | undefined, file: string | undefined): string[] {
  const given = text ?? (file === undefined ? "" : readFile(file));
  const secrets = given.split(/[,\r\n]/).flatMap((each) => (each.trim() === "" ? [] : [each.trim()]));
  if (secrets.length === 0) {
    throw createSettingsError("--auth shared-secret needs FLYTE_MCP_SHARED_SECRET or --shared-secret-file.");
  }
  if (secrets.some((secret) => secret.length < LEAST_CHARACTERS || !/^[\x21-\x7e]+$/.test(secret))) {
    const rule = `${LEAST_CHARACTERS} characters or more of ASCII, without spaces`;
    throw createSettingsError(`A shared secret must have ${rule}; "openssl rand -hex 32" makes one.`);
  }
  return secrets;
}

function readFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw createSettingsError(`The shared secret's file ${path} cannot be read.`);
  }
}
