import { X509Certificate, createPrivateKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
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

/** The client's certificate and key. Throws a settings error when one is missing, cannot be read or is not the other's. */
export function readClientCertificate(
  certFile: string | undefined,
  keyFile: string | undefined,
): { cert?: string; key?: string } {
  if (certFile === undefined && keyFile === undefined) return {};
  if (certFile === undefined || keyFile === undefined) {
    const missing = certFile === undefined ? "certificate" : "key";
    throw createSettingsError(`A client certificate needs its ${missing} file, too; give both or none.`);
  }
  const cert = readPem(certFile);
  const key = readPem(keyFile);
  if (!parseCertificate(cert, certFile).checkPrivateKey(parseKey(key, keyFile))) {
    throw createSettingsError(`The client key ${keyFile} does not belong to the certificate ${certFile}.`);
  }
  return { cert, key };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw createSettingsError(`The client certificate's file ${path} cannot be read.`);
  }
}

function parseCertificate(pem: string, path: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw createSettingsError(`The client certificate ${path} holds no certificate in PEM form.`);
  }
}

function parseKey(pem: string, path: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw createSettingsError(
      `The client key ${path} holds no private key in PEM form, or one with a passphrase.`,
    );
  }
}
