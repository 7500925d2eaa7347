import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { HTTP, runToEnd, startHttp } from "../built-apps.ts";
import { playPlane } from "../http-security/play-plane.ts";
import { getRun, post, send, withToken } from "../http-security/post.ts";
import { freePort } from "./free-port.ts";

/** Metrics by name and labels. */
async function readMetrics(url: string): Promise<Map<string, number>> {
  const { status, body, headers } = await send(url, "GET", {});
  expect({ status, type: headers["content-type"] }).toEqual({
    status: 200,
    type: expect.stringContaining("text/plain"),
  });
  const lines = body.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

it("counts requests, calls and RPCs on a port of their own", async () => {
  const plane = await playPlane({ accepts: (it) => it === "Bearer canary-good" });
  const port = await freePort();
  const server = await startHttp([...plane.where, "--metrics-port", String(port)]);
  const url = `http://127.0.0.1:${port}/metrics`;
  await post(server.url, withToken("canary-good"), getRun("canary-run"));
  await post(server.url, withToken("canary-good"), getRun("canary-run"));
  await post(server.url, withToken("canary-good"), {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: "get_task" },
  });
  await post(server.url, withToken("canary-bad"), getRun("canary-run"));
  await post(server.url, withToken("canary-good"), {
    jsonrpc: "2.0",
    id: 1,
    method: "resources/read",
    params: { uri: "flyte://runs/p/d/canary" },
  });
  await send(server.url, "BREW", {}).catch(() => undefined);
  const metrics = await readMetrics(url);
  const calls = (labels: string) => metrics.get(`mcp_server_operation_duration_seconds_count{${labels}}`);
  expect(calls('mcp_method_name="tools/call",gen_ai_tool_name="get_run",error_type=""')).toBe(2);
  expect(
    calls('mcp_method_name="tools/call",gen_ai_tool_name="get_task",error_type="invalid_argument"'),
  ).toBe(1);
  const requests = (labels: string) => metrics.get(`flyte_mcp_http_requests_total{${labels}}`);
  expect(requests('method="POST",status="200"')).toBe(4);
  expect(requests('method="POST",status="401"')).toBe(1);
  expect(metrics.get("flyte_mcp_calls_in_flight")).toBe(0);
  const rpc = 'rpc_service="flyteidl2.workflow.RunService",rpc_method="GetActionDetails",code="ok"';
  expect(metrics.get(`flyte_mcp_rpc_duration_seconds_count{${rpc}}`)).toBeGreaterThanOrEqual(2);
  expect(metrics.has("process_resident_memory_bytes")).toBe(true);
  expect([...metrics.keys()].join("\n")).not.toContain("canary");

  expect(await send(server.url, "GET", {}, "", "/metrics")).toMatchObject({ status: 404 });
  expect(await send(url, "GET", {}, "", "/flyte-mcp/mcp")).toMatchObject({ status: 404 });
  expect(await send(url, "POST", {})).toMatchObject({ status: 404 });
  await server.stop();
  plane.close();
});

it("says which port is taken, and does not start half", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as AddressInfo;
  const { code, stderr } = await runToEnd(HTTP, ["--sandbox", "--port", "0", "--metrics-port", String(port)]);
  taken.close();
  expect(code).toBe(2);
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use; give another by --metrics-port.`);
});
