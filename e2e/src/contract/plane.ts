import { createFlyte } from "@flyte-mcp/core";
import type { Flyte, Scope } from "@flyte-mcp/core";
import { startSandbox } from "@flyte-mcp/sandbox";
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

/** The sandbox in both of its modes, and the plane of FLYTE_TEST_ENDPOINT when that is set. */
export function choosePlanes(env: NodeJS.ProcessEnv): PlaneChoice[] {
  const sandboxes: PlaneChoice[] = [
    { title: "the sandbox that executes", executes: true, open: () => openSandbox(true) },
    { title: "the sandbox without executors", executes: false, open: () => openSandbox(false) },
  ];
  const endpoint = env["FLYTE_TEST_ENDPOINT"];
  const executes = env["FLYTE_TEST_EXECUTES"] === "1";
  return endpoint
    ? [...sandboxes, { title: endpoint, executes, open: () => openReal(endpoint, executes, env) }]
    : sandboxes;
}

async function openSandbox(executes: boolean): Promise<Plane> {
  const { url, close } = await startSandbox({ execute: executes, paceMs: 60 });
  const flyte = createFlyte({ endpoint: url, ...SANDBOX_SCOPE });
  return { flyte, scope: SANDBOX_SCOPE, executes, close };
}

async function openReal(endpoint: string, executes: boolean, env: NodeJS.ProcessEnv): Promise<Plane> {
  const project = env["FLYTE_TEST_PROJECT"] ?? SANDBOX_SCOPE.project;
  const domain = env["FLYTE_TEST_DOMAIN"] ?? SANDBOX_SCOPE.domain;
  const accessToken = env["FLYTE_TEST_TOKEN"];
  const flyte = createFlyte({ endpoint, project, domain, accessToken });
  const scope = { org: flyte.defaults.org ?? "", project, domain };
  // An executing plane runs what its own SDK deployed there; bare specs would name images that do not exist.
  if (!executes) await deployMissing(flyte, scope);
  return { flyte, scope, executes, close: async () => undefined };
}
