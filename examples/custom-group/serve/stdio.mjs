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
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const shape = { ...flyteSettings, ...policySettings };
const { values } = await readSettings(shape, { argv: process.argv.slice(2), env: process.env });
const [policy, flyte] = [await readPolicy(values), createFlyte(values)];
const server = createServer({ name: "acme", version: "1.0.0", groups: [task, report], policy, flyte });
await server.connect(new StdioServerTransport());
