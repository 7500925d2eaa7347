import { createServer as listen } from "node:http";
import { report } from "@acme/flyte-mcp-group";
import {
  createFlyte,
  createServer,
  flyteSettings,
  policySettings,
  readPolicy,
  readSettings,
} from "@flyte-mcp/core";
import { task } from "@flyte-mcp/task";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const shape = { ...flyteSettings, ...policySettings };
const { values } = await readSettings(shape, { argv: process.argv.slice(2), env: process.env });
const [policy, flyte] = [await readPolicy(values), createFlyte(values)];
const http = listen(async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await createServer({ name: "acme", version: "1.0.0", groups: [task, report], policy, flyte }).connect(
    transport,
  );
  await transport.handleRequest(request, response);
});
http.listen(Number(process.env["PORT"] ?? 0), "127.0.0.1", () =>
  console.error(`port ${http.address().port}`),
);
