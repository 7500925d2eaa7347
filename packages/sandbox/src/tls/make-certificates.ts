import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { isIP } from "node:net";
import { bits, der, integer, octets, oid, sequence, utcTime, utf8, yes } from "./der.ts";

/** Texts in PEM form. */
export interface CertificateAndKey {
  cert: string;
  key: string;
}

export interface Certificates {
  /** The authority's certificate. */
  ca: string;
  server: CertificateAndKey;
  client: CertificateAndKey;
}

const ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"));
const COMMON_NAME = oid("550403");
const BASIC_CONSTRAINTS = oid("551d13");
const ALTERNATIVE_NAMES = oid("551d11");
const DAY_MS = 24 * 60 * 60 * 1000;

interface Identity {
  name: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** A new authority with a server's certificate for these hosts and a client's, all valid for a day; the authority's key is thrown away. */
export function makeCertificates(hosts: readonly string[] = ["localhost", "127.0.0.1"]): Certificates {
  const authority = createIdentity("Sandbox authority");
  const issue = (name: string, extension: Buffer): CertificateAndKey => {
    const subject = createIdentity(name);
    const key = subject.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    return { cert: certify(subject, authority, extension), key };
  };
  const isAuthority = sequence(BASIC_CONSTRAINTS, yes, octets(sequence(yes)));
  const isNone = sequence(BASIC_CONSTRAINTS, octets(sequence()));
  return {
    ca: certify(authority, authority, isAuthority),
    server: issue("Sandbox", sequence(ALTERNATIVE_NAMES, octets(sequence(...hosts.map(hostName))))),
    client: issue("Sandbox client", isNone),
  };
}

function createIdentity(name: string): Identity {
  return { name, ...generateKeyPairSync("ec", { namedCurve: "P-256" }) };
}

/** An X.509 certificate, RFC 5280, 4.1. */
function certify(subject: Identity, issuer: Identity, extension: Buffer): string {
  const now = Date.now();
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    integer(randomBytes(16)),
    ECDSA_WITH_SHA256,
    commonName(issuer.name),
    sequence(utcTime(new Date(now - DAY_MS)), utcTime(new Date(now + DAY_MS))),
    commonName(subject.name),
    subject.publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension)),
  );
  const signature = sign("sha256", content, issuer.privateKey);
  const lines =
    sequence(content, ECDSA_WITH_SHA256, bits(signature))
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(COMMON_NAME, utf8(name))));
}

function hostName(host: string): Buffer {
  if (isIP(host) !== 4) return der(0x82, Buffer.from(host));
  return der(0x87, Buffer.from(host.split(".").map(Number)));
}
