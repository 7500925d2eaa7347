import { X509Certificate, createPrivateKey } from "node:crypto";
import { request } from "node:https";
import type { RequestOptions } from "node:https";
import { startSandbox } from "../start.ts";
import { makeCertificates } from "./make-certificates.ts";

const { ca, server, client } = makeCertificates();

/** The status of an answer, or the code of what prevented it. */
function ask(url: string, options: RequestOptions): Promise<unknown> {
  return new Promise((resolve) => {
    const asked = request(`${url}/x`, { ...options, agent: false }, (response) =>
      resolve(response.resume().statusCode),
    );
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code)).end();
  });
}

it("makes certificates of its own authority, each with its key", () => {
  const authority = new X509Certificate(ca);
  for (const { cert, key } of [server, client]) {
    const certificate = new X509Certificate(cert);
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(certificate.ca).toBe(false);
  }
  expect(authority.ca).toBe(true);
  expect(new X509Certificate(server.cert).subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1");
});

it("makes them well each time, whatever number a certificate has", () => {
  for (let round = 0; round < 20; round++) {
    const { ca: authority, ...issued } = makeCertificates();
    const all = [authority, issued.server.cert, issued.client.cert];
    expect(all.map((cert) => new X509Certificate(cert).serialNumber).every(Boolean)).toBe(true);
  }
});

it("serves a sandbox that is trusted by its authority alone", async () => {
  const { url, close } = await startSandbox({ tls: server, history: false });
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(await ask(url, { ca })).toBe(404);
  expect(await ask(url, { ca: makeCertificates().ca })).toMatch(/SIGNATURE|ISSUER|CERT/);
  await close();
});

it("serves a sandbox that lets clients with a certificate in, and no others", async () => {
  const { url, close } = await startSandbox({ tls: { ...server, clientCa: ca }, history: false });
  expect(await ask(url, { ca, ...client })).toBe(404);
  expect(await ask(url, { ca })).toMatch(/ALERT_CERTIFICATE_REQUIRED|ECONNRESET/);
  expect(await ask(url, { ca, ...makeCertificates().client })).toMatch(/ALERT|ECONNRESET/);
  await close();
});
