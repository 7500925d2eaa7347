import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { startHttp } from "../built-apps.ts";
import { post } from "../http-security/post.ts";
import { findHelm } from "./find-helm.ts";
import { EVERYTHING, LEAST, renderChart } from "./render.ts";
import type { Values } from "./render.ts";

const helm = findHelm();
const describeHere = helm === undefined ? describe.skip : describe;

interface Deployment {
  spec: {
    template: { spec: { containers: { args: string[]; livenessProbe: { httpGet: { path: string } } }[] } };
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
const { metrics: _metrics, ...everything } = EVERYTHING;

describeHere("the built server starts as the chart starts it (skipped where Go cannot build Helm)", () => {
  it.each<[string, Values, Record<string, string>?]>([
    ["the least", LEAST],
    ["everything", everything],
    ["a shared secret", { ...LEAST, auth: { mode: "shared-secret", sharedSecret: { name: "s" } } }, SECRET],
    ["nobody asked", { ...LEAST, auth: { mode: "none" }, policy: { readOnly: true } }],
  ])("with %s, and lives by its probe", async (_what, values, env = {}) => {
    const port = await findPort();
    const { args, livenessProbe } = readContainer({ ...values, port });
    const server = await startHttp(args, env);
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${livenessProbe.httpGet.path}`);
      expect([answer.status, await answer.json()]).toEqual([200, { status: "healthy" }]);
    } finally {
      await server.stop();
    }
  });

  it("and answers to the names that the cluster gives it, and to no other", async () => {
    const port = await findPort();
    const { args } = readContainer({ ...everything, port });
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
