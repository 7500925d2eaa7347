import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CompleteRequestSchema, ErrorCode } from "@modelcontextprotocol/sdk/types.js";
import type { CompleteRequest } from "@modelcontextprotocol/sdk/types.js";
import type { Tool } from "../contract.ts";
import { didYouMean } from "../nearest.ts";
import type { Complete } from "../resource.ts";
import { callRead, rpcError } from "./call-read.ts";
import type { OfferOptions } from "./serve-offers.ts";
import { findPrompt } from "./serve-prompts.ts";

/** Of MCP's specification, server/utilities/completion: at most so many values an answer. */
const MOST_VALUES = 100;

export function serveCompletions(server: Server, options: OfferOptions): void {
  server.setRequestHandler(CompleteRequestSchema, async ({ params }, extra) => {
    const { name, value } = params.argument;
    const { uses, complete } = findCompleter(params.ref, name, options);
    if (!complete) return { completion: { values: [] } };
    const given = Object.entries(params.context?.arguments ?? {}).filter(([, text]) => text !== "");
    const subject = params.ref.type === "ref/prompt" ? params.ref.name : params.ref.uri;
    const call = { method: "completion/complete", name: subject, effect: "read" } as const;
    return callRead(uses, options.optionsOf(extra, call), async (context) => {
      const names = await complete(value, context, Object.fromEntries(given));
      const wanted = value.toLowerCase();
      const fitting = [...new Set(names)].filter((one) => one.toLowerCase().startsWith(wanted));
      return { completion: { values: fitting.slice(0, MOST_VALUES), hasMore: fitting.length > MOST_VALUES } };
    });
  });
}

interface Completer {
  uses: readonly Tool[];
  complete?: Complete | undefined;
}

function findCompleter(
  ref: CompleteRequest["params"]["ref"],
  name: string,
  { offers, all }: OfferOptions,
): Completer {
  if (ref.type === "ref/prompt") {
    const prompt = findPrompt(ref.name, offers.prompts, all.prompts);
    const complete = prompt.complete as { [argument: string]: Complete } | undefined;
    return pick(name, Object.keys(prompt.input.shape), complete, prompt.uses);
  }
  const resource = offers.resources.find(({ uri }) => uri === ref.uri);
  if (resource) return pick(name, variablesOf(resource.uri), resource.complete, resource.uses);
  const templates = offers.resources.map(({ uri }) => uri).filter((uri) => uri.includes("{"));
  const hint = `${didYouMean(ref.uri, templates)} Known: ${templates.join(", ") || "none"}.`;
  throw rpcError(ErrorCode.InvalidParams, `There is no resource template "${ref.uri}".${hint}`);
}

function pick(
  name: string,
  known: readonly string[],
  complete: { [name: string]: Complete } | undefined,
  uses: readonly Tool[],
): Completer {
  if (known.includes(name)) return { uses, complete: complete?.[name] };
  throw rpcError(
    ErrorCode.InvalidParams,
    `There is no argument "${name}".${didYouMean(name, known)} Known: ${known.join(", ") || "none"}.`,
  );
}

function variablesOf(uri: string): string[] {
  return [...uri.matchAll(/\{\+?(\w+)\}/g)].map(([, name = ""]) => name);
}
