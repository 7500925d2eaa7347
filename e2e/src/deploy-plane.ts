import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { toJsonString } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { AppSchema } from "@flyte-mcp/idl/app/app_definition";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { startSandbox } from "@flyte-mcp/sandbox";
import type { SandboxOptions } from "@flyte-mcp/sandbox";
import { HTTP, runToEnd } from "./built-apps.ts";

export const PLACE = { project: "flytesnacks", domain: "development" };
export const IMAGE = "registry.example/flyte-mcp-http:1.2.3";
export const DEPLOY = ["deploy", "--project", PLACE.project, "--domain", PLACE.domain];

/** A plane to deploy to, whose apps are all reached at one address. */
export async function openPlane(apps: SandboxOptions["apps"] = {}, more: SandboxOptions = {}) {
  const plane = await startSandbox({ history: false, images: false, paceMs: 30, ...more, apps });
  const transport = createConnectTransport({ baseUrl: plane.url, httpVersion: "1.1" });
  const service = createClient(AppService, transport);
  const named = (name = "flyte-mcp") => ({ ...PLACE, name });
  return {
    url: plane.url,
    close: plane.close,
    service,
    named,
    /** The app as the plane keeps it. */
    async read(name?: string): Promise<App | undefined> {
      return (await service.get({ identifier: { case: "appId", value: named(name) } })).app;
    },
    /** How often an RPC of the app service came. */
    count: (rpc: string) =>
      plane.sandbox.calls().filter(({ procedure }) => procedure === `flyteidl2.app.AppService/${rpc}`).length,
    /** Runs the built command against this plane. */
    deploy: (args: readonly string[], env: Record<string, string> = {}) =>
      runToEnd(HTTP, [...DEPLOY, "--endpoint", plane.url, ...args], { env }),
  };
}

export type DeployPlane = Awaited<ReturnType<typeof openPlane>>;

/** What a container of an app is told. */
export function containerOf(app: App | undefined) {
  if (app?.spec?.appPayload.case !== "container") throw new Error("The app has no container.");
  const { image, args, command, env, ports } = app.spec.appPayload.value;
  return {
    image,
    args,
    command,
    env: Object.fromEntries(env.map(({ key, value }) => [key, value])),
    ports: ports.map(({ containerPort }) => containerPort),
  };
}

export const toText = (app: App | undefined) => (app ? toJsonString(AppSchema, app) : "");

/** Stands at an app's address. */
export async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
