import { readFileSync } from "node:fs";
import { createSettingsError } from "../settings/settings-error.ts";

/** The bare token of a setting: one from a file often ends in a line break. Throws a settings error on what no header carries. */
export function readToken(text: string | undefined): string | undefined {
  const token = text?.trim().replace(/^bearer\s+/i, "");
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw createSettingsError(
      "The access token has white space or characters inside that no header can carry.",
    );
  }
  return token;
}

/** The certificates of a CA file. Throws a settings error when it cannot be read or holds none. */
export function readCaFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw createSettingsError(`The certificate file ${path} cannot be read.`);
  }
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw createSettingsError(`The certificate file ${path} holds no certificate in PEM form.`);
}
