import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { ClusterService } from "@flyte-mcp/idl/cluster/service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { startSandbox } from "./start.ts";

it("listens on a free port and answers unknown paths as the plane does", async () => {
  const server = await startSandbox({ images: false });
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
  const response = await fetch(`${server.url}/flyteidl2.imagebuilder.ImageService/GetImage`, {
    method: "POST",
  });
  expect([response.status, await response.text()]).toEqual([404, "404 page not found\n"]);
  await server.close();
});

it("names itself as the cluster", async () => {
  const server = await startSandbox();
  const clusters = createClient(
    ClusterService,
    createGrpcWebTransport({ baseUrl: server.url, httpVersion: "1.1" }),
  );
  expect((await clusters.selectCluster({})).clusterEndpoint).toBe(server.url);
  await server.close();
});

it("closes although a stream is open", async () => {
  const server = await startSandbox();
  const runs = createClient(RunService, createConnectTransport({ baseUrl: server.url, httpVersion: "1.1" }));
  const run = { project: "flytesnacks", domain: "development", name: "demo-add-1" };
  const stream = runs.watchActions({ runId: run })[Symbol.asyncIterator]();
  expect((await stream.next()).value?.enrichedActions).toHaveLength(1);
  const rest = stream.next().catch(() => ({ done: true }));
  await server.close();
  expect((await rest).done).toBe(true);
});

it("refuses a port that is taken", async () => {
  const server = await startSandbox();
  const port = Number(new URL(server.url).port);
  await expect(startSandbox({ port })).rejects.toThrow("EADDRINUSE");
  await server.close();
});
