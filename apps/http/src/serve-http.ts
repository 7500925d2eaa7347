import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSettingsError, openFlyte, readPolicy, selectTools } from "@flyte-mcp/core";
import type { Settings } from "@flyte-mcp/core";
import { openCallers } from "./auth/open-callers.ts";
import { readCallerRules } from "./auth/read-caller-rules.ts";
import { describeClients } from "./describe-clients.ts";
import { createGroups } from "./groups.ts";
import { createHandler } from "./handler.ts";
import { createGate } from "./limits/admit.ts";
import { createLimitedServer } from "./limits/create-limited-server.ts";
import type { settings } from "./settings.ts";
import { version } from "./version.ts";

const DRAIN_MS = 25_000;

/** Listens until a signal; prints where, and how each client connects. */
export async function serveHttp(values: Settings<typeof settings>["values"]): Promise<void> {
  const rules = readCallerRules(values);
  const groups = await createGroups(values);
  const policy = await readPolicy(values);
  // A wrong name in the policy must stop the start, not the first request.
  selectTools(groups, policy);
  const { flyte, close } = await openFlyte(values, () => import("@flyte-mcp/sandbox"), {
    version,
    connections: values.concurrentCalls || Infinity,
  });
  for (const warning of flyte.warnings) process.stderr.write(`flyte-mcp-http: ${warning}\n`);
  const callers = await openCallers(rules, flyte, values);
  if (callers.note) process.stderr.write(`flyte-mcp-http: ${callers.note}\n`);
  const handler = createHandler(
    {
      values,
      groups,
      policy: callers.isReadOnly ? { readOnly: true, from: "--auth none", and: policy } : policy,
      identify: callers.identify,
      gate: createGate(values, callers.keyOf),
    },
    callers.pages,
  );
  const server = createLimitedServer(values, handler);
  await listen(server, values.host, values.port).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  const host = values.host.includes(":") ? `[${values.host}]` : values.host;
  process.stderr.write(
    `${describeClients(`http://${host}:${port}${values.mountPath}/mcp`, values.sandbox === true)}\n`,
  );
  process.once("SIGINT", () => stop(server, close));
  process.once("SIGTERM", () => stop(server, close));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is in use" : `cannot be opened (${error.code})`;
      reject(createSettingsError(`Port ${port} on ${host} ${reason}; give another by --port.`));
    });
    server.listen(port, host, resolve);
  });
}

/** Lets calls in flight end, then exits. */
function stop(server: Server, close: () => Promise<void>): void {
  const exit = () => void close().then(() => process.exit());
  process.stderr.write(
    "flyte-mcp-http: stopping when the calls under way have ended; once more stops at once\n",
  );
  server.close(exit);
  // Connections that fall idle later are closed too: clients keep them open for reuse.
  setInterval(() => server.closeIdleConnections(), 100).unref();
  setTimeout(exit, DRAIN_MS).unref();
}
