import { createGroups } from "@flyte-mcp/composition";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSettingsError, openFlyte, readPolicy, selectTools } from "@flyte-mcp/core";
import type { Flyte, Settings } from "@flyte-mcp/core";
import { openCallers } from "./auth/open-callers.ts";
import { readCallerRules } from "./auth/read-caller-rules.ts";
import type { CallerRules } from "./auth/read-caller-rules.ts";
import { restrict } from "./auth/restrict.ts";
import { describeClients } from "./describe-clients.ts";
import { drain } from "./drain.ts";
import { createAnswerMcp } from "./endpoint/answer-mcp.ts";
import type { McpOptions } from "./endpoint/answer-mcp.ts";
import { PLACES, endpointPath } from "./find-place.ts";
import { createHandler } from "./handler.ts";
import { createGate } from "./limits/admit.ts";
import { createLimitedServer } from "./limits/create-limited-server.ts";
import { openOperations } from "./operations/open-operations.ts";
import type { Log } from "./operations/log.ts";
import type { Operations } from "./operations/open-operations.ts";
import { createPages } from "./page/create-pages.ts";
import type { settings } from "./settings.ts";
import { version } from "./version.ts";

type Values = Settings<typeof settings>["values"];

/** Listens until a signal; says where, and on a terminal how each client connects. */
export async function serveHttp(values: Values): Promise<void> {
  const rules = readCallerRules(values);
  const groups = await createGroups(values, import.meta.url);
  const policy = restrict(await readPolicy(values), rules);
  // A wrong name in the policy must stop the start, not the first request.
  selectTools(groups, policy);
  const connections = values.concurrentCalls || Infinity;
  const { flyte, close } = await openFlyte(values, () => import("@flyte-mcp/sandbox"), {
    version,
    connections,
  });
  try {
    await start({ rules, values, flyte, mcp: { values, groups, policy, version }, close });
  } catch (error) {
    await close();
    throw error;
  }
}

interface Start {
  values: Values;
  rules: CallerRules;
  flyte: Flyte;
  mcp: McpOptions;
  close(): Promise<void>;
}

async function start({ values, rules, flyte, mcp, close }: Start): Promise<void> {
  const operations = await openOperations(values, flyte, version);
  const { log, metrics } = operations;
  for (const warning of flyte.warnings) log.warn(warning);
  const callers = await openCallers(rules, flyte, values, (message) => log.warn(message));
  if (callers.note) log.info(callers.note);
  const oldClients = values.transport === "sse" ? await openOldClients(mcp) : undefined;
  const doors = { identify: callers.identify, gate: createGate(values, callers.keyOf) };
  const answerMcp = await createAnswerMcp(mcp, flyte, log);
  const pages = new Map([...createPages(values, { ...mcp, rules, flyte }), ...callers.pages]);
  const handler = createHandler({ values, answerMcp, ...doors, operations, oldClients }, pages);
  const server = createLimitedServer(values, handler);
  if (metrics) await listenForMetrics(metrics, values, log);
  try {
    await listen(server, values.host, values.port, "--port");
  } catch (error) {
    metrics?.close();
    throw error;
  }
  drain([server, ...(metrics ? [metrics] : [])], {
    log,
    onStop: () => oldClients?.close(),
    close: () => Promise.all([close(), operations.close()]),
  });
  if (operations.reopen) process.on("SIGHUP", operations.reopen);
  // Last: whoever reads it may send any signal at once.
  announce(server, values, operations);
}

async function openOldClients(options: McpOptions) {
  const { createOldClients } = await import("./sse/old-clients.ts");
  return createOldClients(options, options.values.mountPath + PLACES.message);
}

function announce(server: Server, values: Values, { log, isForPeople }: Operations): void {
  const { host, port } = addressOf(server, values.host);
  const url = `http://${host}:${port}${endpointPath(values.mountPath)}`;
  log.info(
    `Flyte MCP server at ${url} (${values.sandbox === true ? "embedded sandbox: sample tasks, no Python is run" : version})`,
  );
  if (isForPeople) process.stderr.write(`\n${describeClients(url, values.page !== false)}\n\n`);
}

async function listenForMetrics(server: Server, values: Values, log: Log): Promise<void> {
  const { metricsHost = values.host, metricsPort = 0 } = values;
  await listen(server, metricsHost, metricsPort, "--metrics-port");
  const { host, port } = addressOf(server, metricsHost);
  log.info(`metrics at http://${host}:${port}/metrics`);
}

function addressOf(server: Server, host: string) {
  const { port } = server.address() as AddressInfo;
  return { host: host.includes(":") ? `[${host}]` : host, port };
}

function listen(server: Server, host: string, port: number, option: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is in use" : `cannot be opened (${error.code})`;
      reject(createSettingsError(`Port ${port} on ${host} ${reason}; give another by ${option}.`));
    });
    server.listen(port, host, resolve);
  });
}
