import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { startHttp } from "../built-apps.ts";
import { post } from "../http-security/post.ts";
import { findHelm } from "./find-helm.ts";
import { EVERYTHING, LEAST, renderChart } from "./render.ts";
import type { Values } from "./render.ts";

const helm = findHelm();
const describeHere = helm === undefined ? describe.skip : describe;

interface Probe {
  httpGet: { path: string };
}

interface Deployment {
  spec: {
    template: { spec: { containers: { args: string[]; livenessProbe: Probe; readinessProbe: Probe }[] } };
  };
}

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function readContainer(values: Values) {
  const manifests = renderChart(helm ?? "", values);
  const deployment = manifests.find(({ kind }) => kind === "Deployment") as never as Deployment;
  return deployment.spec.template.spec.containers[0]!;
}

const SECRET = { FLYTE_MCP_SHARED_SECRET: "kept-by-the-cluster" };
describeHere("the built server starts as the chart starts it (skipped where Go cannot build Helm)", () => {
  it.each<[string, Values, Record<string, string>?]>([
    ["the least", LEAST],
    ["everything", EVERYTHING],
    ["a shared secret", { ...LEAST, auth: { mode: "shared-secret", sharedSecret: { name: "s" } } }, SECRET],
    ["nobody asked", { ...LEAST, auth: { mode: "none" }, policy: { readOnly: true } }],
  ])("with %s, lives by its probe, and is not ready without its Flyte", async (_what, values, env = {}) => {
    const [port, metrics] = [await findPort(), await findPort()];
    const unreachable = { ...(values["flyte"] as Values), endpoint: "http://127.0.0.1:9" };
    const given = { ...values, flyte: unreachable, port, metrics: { port: metrics } };
    const { args, livenessProbe, readinessProbe } = readContainer(given);
    const server = await startHttp(args, env);
    const ask = async (path: string, at = port) => (await fetch(`http://127.0.0.1:${at}${path}`)).status;
    try {
      expect(await ask(livenessProbe.httpGet.path)).toBe(200);
      expect(await ask(readinessProbe.httpGet.path)).toBe(503);
      expect(await ask("/metrics", metrics)).toBe(200);
    } finally {
      await server.stop();
    }
  });

  it("and answers to the names that the cluster gives it, and to no other", async () => {
    const port = await findPort();
    const { args } = readContainer({ ...EVERYTHING, port, metrics: { port: 0 } });
    const server = await startHttp(args);
    const url = `http://127.0.0.1:${port}/flyte-mcp/mcp`;
    const ask = async (host: string) => (await post(url, { host })).status;
    try {
      const names = ["demo-flyte-mcp", "demo-flyte-mcp.tools.svc:80", "mcp.example.com", "mcp.internal"];
      expect(await Promise.all(names.map(ask))).toEqual(names.map(() => 401));
      expect(await ask("evil.example.com")).toBe(403);
    } finally {
      await server.stop();
    }
  });
});
