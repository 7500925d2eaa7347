import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFlyte } from "@flyte-mcp/core";
import type { Flyte, Scope } from "@flyte-mcp/core";
import { makeCertificates, startSandbox } from "@flyte-mcp/sandbox";
import { deployMissing } from "./deploy-seed.ts";

/** A control plane under test. */
export interface Plane {
  flyte: Flyte;
  scope: Scope;
  /** Whether it runs tasks by itself; otherwise the suite drives their phases. */
  executes: boolean;
  close(): Promise<void>;
}

export interface PlaneChoice {
  title: string;
  /** Known before it is opened; a plane without Kubernetes has no secrets and no apps either. */
  executes: boolean;
  open(): Promise<Plane>;
}

const SANDBOX_SCOPE: Scope = { org: "", project: "flytesnacks", domain: "development" };

/** The sandbox in both of its modes, one of them over TLS and with a login, and the plane of FLYTE_TEST_ENDPOINT when that is set. */
export function choosePlanes(env: NodeJS.ProcessEnv): PlaneChoice[] {
  const sandboxes: PlaneChoice[] = [
    { title: "the sandbox that executes, over TLS with a token", executes: true, open: openSecureSandbox },
    { title: "the sandbox without executors", executes: false, open: openSandbox },
  ];
  const endpoint = env["FLYTE_TEST_ENDPOINT"];
  const executes = env["FLYTE_TEST_EXECUTES"] === "1";
  return endpoint
    ? [...sandboxes, { title: endpoint, executes, open: () => openReal(endpoint, executes, env) }]
    : sandboxes;
}

async function openSandbox(): Promise<Plane> {
  const { url, close } = await startSandbox({ execute: false });
  const flyte = createFlyte({ endpoint: url, ...SANDBOX_SCOPE });
  return { flyte, scope: SANDBOX_SCOPE, executes: false, close };
}

/** Known by an authority of its own, and open only to clients with a certificate of that authority and a short-lived token. */
async function openSecureSandbox(): Promise<Plane> {
  const { ca, server, client } = makeCertificates();
  const secret = { clientId: "contract", clientSecret: "contract-client-secret" };
  const login = { ...secret, metadataKey: "flyte-authorization", tokenAgeS: 4 };
  const sandbox = await startSandbox({ paceMs: 60, tls: { ...server, clientCa: ca }, login });
  const folder = mkdtempSync(join(tmpdir(), "contract-"));
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const flyte = createFlyte({
    endpoint: sandbox.url,
    ...SANDBOX_SCOPE,
    ...secret,
    caFile: write("ca.pem", ca),
    clientCertFile: write("client.pem", client.cert),
    clientKeyFile: write("client.key", client.key),
  });
  rmSync(folder, { recursive: true });
  return { flyte, scope: SANDBOX_SCOPE, executes: true, close: sandbox.close };
}

async function openReal(endpoint: string, executes: boolean, env: NodeJS.ProcessEnv): Promise<Plane> {
  const project = env["FLYTE_TEST_PROJECT"] ?? SANDBOX_SCOPE.project;
  const domain = env["FLYTE_TEST_DOMAIN"] ?? SANDBOX_SCOPE.domain;
  const accessToken = env["FLYTE_TEST_TOKEN"];
  const caFile = env["FLYTE_TEST_CA_FILE"];
  const flyte = createFlyte({ endpoint, project, domain, accessToken, caFile });
  const scope = { org: flyte.defaults.org ?? "", project, domain };
  // An executing plane runs what its own SDK deployed there; bare specs would name images that do not exist.
  if (!executes) await deployMissing(flyte, scope);
  return { flyte, scope, executes, close: async () => undefined };
}
