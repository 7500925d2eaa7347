import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import type { jsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/types.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import { createFlyte } from "../client/flyte.ts";
import type { Flyte } from "../client/flyte.ts";
import type { Tool, ToolGroup } from "../contract.ts";
import { createRootTaskFinder } from "../guard/root-task.ts";
import { didYouMean } from "../nearest.ts";
import type { Policy } from "../policy.ts";
import { selectTools } from "../select-tools.ts";
import type { WatchCall } from "../watch.ts";
import { rpcError } from "./call-read.ts";
import { callTool } from "./call-tool.ts";
import { describeServer } from "./instructions.ts";
import { progressOf } from "./progress-of.ts";
import { allOffers, selectOffers } from "./select-offers.ts";
import { offerCapabilities, serveOffers } from "./serve-offers.ts";
import type { OptionsOf } from "./serve-offers.ts";
import { listTool } from "./tool-listing.ts";

export interface ServerOptions {
  name: string;
  version: string;
  title?: string;
  /** For the model, at most 2,000 characters; made from the tools when left out. */
  instructions?: string;
  groups: readonly ToolGroup[];
  policy?: Policy;
  /** Left out by a server whose tools call no Flyte; one that does is told what to configure. */
  flyte?: Flyte;
  /** Told of every call, for logs, audits, metrics and traces. */
  watch?: WatchCall;
  /** Where one connection carries the requests of many callers: whose plane the request of this id goes to, and who is told of it. */
  askedBy?: (requestId: string | number) => { flyte: Flyte; watch?: WatchCall };
}

// Only answers to elicitations are judged by it, which no tool asks for; each Server would build one of its own.
const validator: jsonSchemaValidator = {
  getValidator: (schema) => new AjvJsonSchemaValidator().getValidator(schema),
};

/** An MCP server over the selected tools, ready to connect to a transport of MCP. Throws on an unknown name in the policy. */
export function createServer(options: ServerOptions): Server {
  const { flyte = createFlyte({}), policy = {} } = options;
  const tools = selectTools(options.groups, policy);
  const offers = selectOffers(options.groups, tools);
  const server = new Server(
    { name: options.name, version: options.version, ...(options.title && { title: options.title }) },
    {
      capabilities: { tools: {}, ...offerCapabilities(offers) },
      instructions: options.instructions ?? describeServer(tools, policy, options.flyte),
      jsonSchemaValidator: validator,
    },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(listTool) }));
  const findRootTask = createRootTaskFinder(flyte.transport);
  const asker = { flyte, watch: options.watch, findRootTask };
  const askerOf = (id: string | number) => {
    const own = options.askedBy?.(id);
    // What one caller may see of a run is not for another to know.
    return own ? { ...own, findRootTask: createRootTaskFinder(own.flyte.transport) } : asker;
  };
  const optionsOf: OptionsOf = (extra, call) => {
    const { watch: watchCall, ...own } = askerOf(extra.requestId);
    const watch = watchCall?.({ ...call, meta: extra._meta ?? {} });
    return { ...own, policy, signal: extra.signal, progress: progressOf(extra), watch };
  };
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const tool = findTool(tools, params.name, options.groups);
    const { name, effect } = tool;
    return callTool(tool, params.arguments ?? {}, optionsOf(extra, { method: "tools/call", name, effect }));
  });
  serveOffers(server, { offers, all: allOffers(options.groups), optionsOf });
  return server;
}

function findTool(tools: readonly Tool[], name: string, groups: readonly ToolGroup[]): Tool {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool) return tool;
  const names = tools.map((candidate) => candidate.name);
  const isOff = groups.some((group) => group.tools.some((candidate) => candidate.name === name));
  const message = isOff
    ? `The tool "${name}" is switched off on this server.`
    : `There is no tool "${name}".${didYouMean(name, names)}`;
  throw rpcError(ErrorCode.InvalidParams, message);
}
