import { ErrorCode } from "@modelcontextprotocol/sdk/types.js";
import type { Tool, ToolContext } from "../contract.ts";
import type { ReadContext } from "../resource.ts";
import { answerOf, createContext, runCall } from "./call-tool.ts";
import type { CallOptions } from "./call-tool.ts";

/** Of MCP's specification, server/resources, "Error Handling". */
export const RESOURCE_NOT_FOUND = -32_002;

/** Runs what reads for a resource, a prompt or a completion; a failure is thrown as an error of JSON-RPC with our sentence. */
export function callRead<T>(
  uses: readonly Tool[],
  callOptions: CallOptions,
  work: (context: ReadContext, options: CallOptions) => Promise<T>,
  notFound: number = ErrorCode.InvalidParams,
): Promise<T> {
  return runCall(
    callOptions,
    (options) => work(createReadContext(uses, options), options),
    ({ code, text }) => {
      throw rpcError(code === "not_found" ? notFound : codeOf(code), text);
    },
  );
}

/** Not an McpError: the SDK's client puts the code before the message once more. */
export function rpcError(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function codeOf(code: string): number {
  return code === "invalid_argument" ? ErrorCode.InvalidParams : ErrorCode.InternalError;
}

function createReadContext(uses: readonly Tool[], options: CallOptions): ReadContext {
  // A tool that writes is refused by the guard, as all here may only read.
  const { upload, ...context } = createContext("read", options);
  const answer = async (tool: Tool, input: Record<string, unknown>): Promise<unknown> => {
    // By name: what is listed of a group before it is loaded is not what its own code refers to.
    if (!uses.some(({ name }) => name === tool.name))
      throw new Error(`"${tool.name}" is not among the tools that this uses`);
    return answerOf(tool, input, { ...context, upload, attach: refuseAttachment }, options.flyte.secrets);
  };
  return { ...context, answer: answer as ReadContext["answer"] };
}

const refuseAttachment: ToolContext["attach"] = () => {
  throw new Error("Nothing can be attached here");
};
