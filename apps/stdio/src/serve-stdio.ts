import { createGroups } from "@flyte-mcp/composition";
import { createServer, openFlyte, readPolicy, selectTools } from "@flyte-mcp/core";
import type { Settings } from "@flyte-mcp/core";
import { trackRequests } from "@flyte-mcp/core/command";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { keepStdout } from "./keep-stdout.ts";
import { createSettler } from "./create-settler.ts";
import type { settings } from "./settings.ts";
import { version } from "./version.ts";

// A message above this closes the transport; files up to 10 MB come as base64 inside one.
const MOST_BYTES = 64 * 1024 * 1024;
const DRAIN_MS = 5_000;

/** Serves one client over stdin and stdout until its end of input or a signal. */
export async function serveStdio(values: Settings<typeof settings>["values"]): Promise<void> {
  const groups = await createGroups(values, import.meta.url);
  const policy = await readPolicy(values);
  // A wrong name in the policy must stop the start before anything is running.
  selectTools(groups, policy);
  const output = keepStdout();
  const { flyte, close } = await openFlyte(values, () => import("@flyte-mcp/sandbox"), {
    version,
    isInteractive: true,
  });
  for (const warning of flyte.warnings) process.stderr.write(`flyte-mcp: ${warning}\n`);
  const { name = "flyte-mcp", title, instructions } = values;
  const server = createServer({
    name,
    version,
    title,
    instructions,
    groups,
    policy,
    flyte,
  });
  const transport = new StdioServerTransport(process.stdin, output, { maxBufferSize: MOST_BYTES });
  await server.connect(transport);
  const requests = trackRequests(transport, createSettler());
  server.onerror = (error) => process.stderr.write(`flyte-mcp: ${error.message}\n`);
  // The transport closes by itself only when it cannot go on; a client must see that rather than wait.
  server.onclose = () => process.exit(1);
  const stop = async () => {
    server.onclose = undefined;
    await server.close();
    await close();
    process.exit();
  };
  // A script may pipe its requests in and close at once; it still wants the answers.
  process.stdin.once("end", () => void requests.settled(DRAIN_MS).then(stop));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}
