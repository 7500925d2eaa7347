import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startHttp } from "../built-apps.ts";
import { playPlane } from "../http-security/play-plane.ts";
import { getRun, post, withToken } from "../http-security/post.ts";

interface Attribute {
  key: string;
  value: { stringValue?: string };
}

interface Span {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Attribute[];
  status: { code?: number };
}

interface Batch {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[];
}

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";

/** Takes spans as a collector of OpenTelemetry does. */
async function playCollector() {
  const batches: Batch[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    batches.push(JSON.parse(Buffer.concat(chunks).toString()) as Batch);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const spans = () =>
    batches.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    batches,
    spans,
    close: () => server.close(),
  };
}

const textsOf = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));

it("sends a span of each call and its RPCs, below the caller's, by the conventions for MCP", async () => {
  const [plane, collector] = [await playPlane({}), await playCollector()];
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
  };
  const server = await startHttp([...plane.where], env);
  const { params, ...rest } = getRun("canary-run");
  const _meta = { traceparent: `00-${TRACE}-${PARENT}-01` };
  await post(server.url, withToken("canary-token"), { ...rest, params: { ...params, _meta } });
  await post(server.url, withToken("canary-token"), { ...rest, params: { name: "get_task", arguments: {} } });
  await server.stop();
  collector.close();
  plane.close();

  const spans = collector.spans();
  const call = spans.find(({ name }) => name === "tools/call get_run");
  expect(call).toMatchObject({ kind: 2, traceId: TRACE, parentSpanId: PARENT, status: { code: 0 } });
  expect(textsOf(call?.attributes ?? [])).toMatchObject({
    "mcp.method.name": "tools/call",
    "gen_ai.tool.name": "get_run",
    "gen_ai.operation.name": "execute_tool",
    "network.transport": "tcp",
  });
  const rpc = spans.find(({ name }) => name === "flyteidl2.workflow.RunService/GetActionDetails");
  expect(rpc).toMatchObject({ kind: 3, traceId: TRACE, parentSpanId: call?.spanId });
  const sent = plane.seen.find(({ run }) => run !== "");
  expect(sent?.traceparent).toBe(`00-${TRACE}-${call?.spanId}-01`);

  const failed = spans.find(({ name }) => name === "tools/call get_task");
  expect(failed).toMatchObject({ status: { code: 2 } });
  expect(failed?.traceId).not.toBe(TRACE);
  expect(textsOf(failed?.attributes ?? [])).toMatchObject({
    "error.type": "tool_error",
    "flyte_mcp.error.code": "invalid_argument",
  });

  const [resource] = collector.batches.flatMap(({ resourceSpans }) =>
    resourceSpans.map((each) => each.resource),
  );
  expect(textsOf(resource?.attributes ?? [])).toMatchObject({
    "service.name": "flyte-mcp-http",
    "deployment.environment.name": "test",
  });
  expect(JSON.stringify(collector.batches)).not.toContain("canary");
});

it("serves all the same while nobody takes the spans", async () => {
  const plane = await playPlane({});
  const server = await startHttp([...plane.where], { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  expect((await post(server.url, withToken("somebody"), getRun("r1"))).status).toBe(200);
  server.signal("SIGTERM");
  expect(await server.exited).toBe(0);
  plane.close();
});
