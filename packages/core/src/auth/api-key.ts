import { createSettingsError } from "../settings/settings-error.ts";

/** What an API key of `flyte create api-key` holds. */
export interface ApiKey {
  endpoint: string;
  clientId: string;
  clientSecret: string;
  org: string | undefined;
}

const HOST =
  /^((?:dns:\/\/\/|https?:\/\/)?(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?):(?!\/\/)/i;
const ALPHABET = /^(?:[A-Za-z0-9+/]+|[A-Za-z0-9_-]+)={0,2}$/;

/** Takes an API key apart: base64 of `endpoint:client id:secret:org`. Throws a settings error that shows nothing of it. */
export function readApiKey(text: string): ApiKey {
  const decoded = decode(text.trim());
  const endpoint = decoded === undefined ? undefined : HOST.exec(decoded)?.[1];
  if (decoded === undefined || endpoint === undefined) throw refuse();
  const parts = decoded.slice(endpoint.length + 1).split(":");
  const [clientId = "", org = ""] = [parts[0], parts.at(-1)];
  // A secret may have colons; an id and an organization have none.
  const clientSecret = parts.slice(1, -1).join(":");
  if (parts.length < 3 || clientId === "" || clientSecret === "") throw refuse();
  return { endpoint, clientId, clientSecret, org: org === "" || org === "None" ? undefined : org };
}

function decode(text: string): string | undefined {
  if (!ALPHABET.test(text) || text.replace(/=+$/, "").length % 4 === 1) return undefined;
  try {
    const bytes = Buffer.from(text, "base64");
    const decoded = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /[\u0000-\u001f\u007f]/.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

function refuse(): Error {
  return createSettingsError(
    "The API key cannot be read; give the whole text that `flyte create api-key` printed, or a plain token by FLYTE_ACCESS_TOKEN.",
  );
}
