import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { ServerCapabilities } from "@modelcontextprotocol/sdk/types.js";
import type { CallOptions } from "./call-tool.ts";
import type { Extra } from "./progress-of.ts";
import type { WatchedCall } from "../watch.ts";
import type { Offers } from "./select-offers.ts";
import { serveCompletions } from "./serve-completions.ts";
import { servePrompts } from "./serve-prompts.ts";
import { serveResources } from "./serve-resources.ts";

/** What a request is answered with. */
export type OptionsOf = (extra: Extra, call: Omit<WatchedCall, "meta">) => CallOptions;

export interface OfferOptions {
  offers: Offers;
  /** With those that policy leaves out. */
  all: Offers;
  optionsOf: OptionsOf;
}

/** What a client is told that it may ask for beside tools. */
export function offerCapabilities(offers: Offers): ServerCapabilities {
  const { resources, prompts } = offers;
  return {
    ...(resources.length > 0 && { resources: {} }),
    ...(prompts.length > 0 && { prompts: {} }),
    ...(canComplete(offers) && { completions: {} }),
  };
}

/** Answers for resources, prompts and completions, as far as there are any. */
export function serveOffers(server: Server, options: OfferOptions): void {
  const { resources, prompts } = options.offers;
  if (resources.length > 0) serveResources(server, options);
  if (prompts.length > 0) servePrompts(server, options);
  if (canComplete(options.offers)) serveCompletions(server, options);
}

function canComplete({ resources, prompts }: Offers): boolean {
  return [...resources, ...prompts].some(({ complete }) => complete !== undefined);
}
