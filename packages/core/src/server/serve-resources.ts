import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { UriTemplate } from "@modelcontextprotocol/sdk/shared/uriTemplate.js";
import {
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { fitAnswer, fitText } from "../answer.ts";
import type { Json } from "../answer.ts";
import { hideInJson, hideSecrets } from "../errors/redact.ts";
import { didYouMean } from "../nearest.ts";
import type { ReadContext, Resource } from "../resource.ts";
import { assertSize } from "./attachments.ts";
import { callRead, RESOURCE_NOT_FOUND, rpcError } from "./call-read.ts";
import type { CallOptions } from "./call-tool.ts";
import type { OfferOptions } from "./serve-offers.ts";

export function serveResources(server: Server, { offers, all, optionsOf }: OfferOptions): void {
  const [templates, fixed] = [offers.resources.filter(isTemplate), offers.resources.filter(isFixed)];
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: fixed.map((resource) => ({ uri: resource.uri, ...describe(resource) })),
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: templates.map((resource) => ({ uriTemplate: resource.uri, ...describe(resource) })),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, extra) => {
    const { resource, variables } = findResource(uri, offers.resources, all.resources);
    const { mimeType, uses } = resource;
    const work = async (context: ReadContext, { flyte }: CallOptions) => {
      const body = await resource.read(variables, context);
      return { contents: [{ uri, mimeType, ...show(body, flyte.secrets) }] };
    };
    const call = { method: "resources/read", name: uri, effect: "read" } as const;
    return callRead(uses, optionsOf(extra, call), work, RESOURCE_NOT_FOUND);
  });
}

const isTemplate = ({ uri }: Resource) => UriTemplate.isTemplate(uri);
const isFixed = (resource: Resource) => !isTemplate(resource);

function describe({ name, title, description, mimeType }: Resource) {
  return { name, title, description, mimeType };
}

interface Found {
  resource: Resource;
  variables: { [name: string]: string };
}

function findResource(uri: string, offered: readonly Resource[], all: readonly Resource[]): Found {
  const found = matchFirst(uri, offered);
  if (found) return found;
  const known = offered.map((resource) => resource.uri);
  const message = matchFirst(uri, all)
    ? `The resource "${uri}" is switched off on this server.`
    : `There is no resource "${uri}".${didYouMean(uri, known)} Addresses: ${known.join(", ")}.`;
  throw rpcError(RESOURCE_NOT_FOUND, message);
}

function matchFirst(uri: string, resources: readonly Resource[]): Found | undefined {
  for (const resource of resources) {
    if (resource.uri === uri) return { resource, variables: {} };
    const match = isTemplate(resource) ? new UriTemplate(resource.uri).match(uri) : null;
    if (match) return { resource, variables: decode(match as { [name: string]: string }, uri) };
  }
  return undefined;
}

function decode(match: { [name: string]: string }, uri: string): { [name: string]: string } {
  try {
    const entries = Object.entries(match).map(([name, value]) => [name, decodeURIComponent(value)] as const);
    return Object.fromEntries(entries);
  } catch {
    throw rpcError(
      ErrorCode.InvalidParams,
      `"${uri}" has a % that begins no escape; write a plain % as %25.`,
    );
  }
}

function show(body: string | Uint8Array | object, secrets: readonly string[]) {
  if (typeof body === "string") return { text: fitText(hideSecrets(body, secrets)) };
  if (body instanceof Uint8Array) {
    const blob = Buffer.from(body).toString("base64");
    assertSize(blob.length, "The resource");
    return { blob };
  }
  const json = JSON.parse(JSON.stringify(body)) as Json;
  return { text: JSON.stringify(fitAnswer(hideInJson(json, secrets) as { [key: string]: Json })) };
}
