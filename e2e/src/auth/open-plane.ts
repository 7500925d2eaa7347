import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createFlyte } from "@flyte-mcp/core";
import type { Flyte } from "@flyte-mcp/core";
import { connectClient } from "@flyte-mcp/core/testing";
import { run } from "@flyte-mcp/run";
import { startSandbox } from "@flyte-mcp/sandbox";
import type { LoginOptions } from "@flyte-mcp/sandbox";

export const CLIENT = { clientId: "robot-client", clientSecret: "canary secret:+/=%é" };

/** A plane that demands a login; browsers come back to a port that is free now. */
export async function openPlane(login: LoginOptions = {}) {
  const redirectUri = `http://localhost:${await findPort()}/callback`;
  const { url, sandbox, close } = await startSandbox({
    history: false,
    execute: false,
    login: { redirectUri, pollIntervalS: 1, ...login },
  });
  return {
    url,
    redirectUri,
    close,
    revokeTokens: sandbox.revokeTokens,
    /** The tokens that were given, by their grants. */
    grants: () => named(sandbox.calls(), "issuer/").filter((grant) => grant !== "metadata"),
    /** How often a call reached the plane, let in or not. */
    count: (rpc: string) => named(sandbox.calls(), "flyteidl2.").filter((name) => name.endsWith(rpc)).length,
  };
}

export type Plane = Awaited<ReturnType<typeof openPlane>>;

type Values = Parameters<typeof createFlyte>[0];
type Surroundings = NonNullable<Parameters<typeof createFlyte>[1]>;

/** A server with a person beside it, who is told things by `told`, and whose tokens are kept in a folder of its own. */
export async function openServer(plane: Plane, values: Values = {}, surroundings: Surroundings = {}) {
  const told: string[] = [];
  const flyte = createFlyte(
    { endpoint: plane.url, project: "flytesnacks", domain: "development", ...values },
    {
      isInteractive: true,
      env: {},
      folder: newFolder(),
      patienceMs: 150,
      secondMs: 20,
      tell: (text) => told.push(text),
      ...surroundings,
    },
  );
  const loggedIn = async () => {
    while (told.at(-1) !== "Logged in to Flyte.") await sleep(10);
  };
  return { flyte, told, loggedIn, ...(await connectClient({ groups: [run], flyte })) };
}

export const newFolder = () => mkdtempSync(join(tmpdir(), "flyte-mcp-auth-"));

/** Whether anything that must stay secret is in a text. */
export const leaks = (text: string) =>
  /canary|signature-|refresh-|code-[\w-]{20}|device-[\w-]{20}|eyJ/.test(text);

/** Whether a secret is hidden in what a tool answers. */
export const hides = (flyte: Flyte, secret: string) => flyte.secrets.some((known) => secret.includes(known));

function named(calls: readonly { procedure: string }[], prefix: string): string[] {
  return calls
    .filter(({ procedure }) => procedure.startsWith(prefix))
    .map(({ procedure }) => procedure.slice(prefix.length));
}

export async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
