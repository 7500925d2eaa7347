import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { identitySettings, sandboxSettings, Settings } from "@flyte-mcp/core";
import { LRUCache } from "lru-cache";
import { joinPath, resourceOf } from "../auth/resource-metadata.ts";
import type { Place } from "../auth/resource-metadata.ts";
import type { Page } from "../handler.ts";
import { sendRefusal } from "../refusal.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";
import type { pageSettings } from "./page-settings.ts";
import { renderPage } from "./render-page.ts";
import type { Shown } from "./render-page.ts";

const MOST_KEPT = 20;
// A name of any letters could carry words of a shell into the commands that people copy.
const PLAIN_HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i;

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": [
    "default-src 'none'",
    `style-src ${hashOf(pageStyle)}`,
    `script-src ${hashOf(pageScript)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
};

/** The settings that the page rests on. */
export type PageValues = Settings<
  typeof pageSettings & typeof identitySettings & typeof sandboxSettings
>["values"] &
  Place;

/** The page for people, by the paths where it is served; it is rendered once for each address that they use. */
export function createPages(
  values: PageValues,
  about: Omit<Shown, "title" | "isSandbox">,
): ReadonlyMap<string, Page> {
  if (values.page === false) return new Map();
  const shown = { ...about, title: values.title ?? "Flyte MCP", isSandbox: values.sandbox === true };
  const known = new LRUCache<string, Buffer>({ max: MOST_KEPT });
  const bodyFor = (endpoint: string) => {
    const body = known.get(endpoint) ?? Buffer.from(renderPage(endpoint, shown));
    known.set(endpoint, body);
    return body;
  };
  const page: Page = (request, response) => {
    const endpoint = endpointOf(request, values);
    if (endpoint === undefined) {
      return sendRefusal(response, { status: 400, message: "The Host header is not a plain host name." });
    }
    sendPage(response, bodyFor(endpoint));
  };
  return new Map(pathsOf(values).map((path) => [path, page]));
}

function pathsOf({ mountPath, publicUrl }: Place): string[] {
  const bases = ["", mountPath];
  // Some proxies leave their own part of the path in.
  const paths = publicUrl ? [...bases, ...bases.map((base) => joinPath(publicUrl, base))] : bases;
  return paths.flatMap((path) => (path === "" ? ["/"] : [path, `${path}/`]));
}

function endpointOf(request: IncomingMessage, place: Place): string | undefined {
  const isSure = place.publicUrl !== undefined || PLAIN_HOST.test(request.headers.host ?? "");
  return isSure ? resourceOf(request, place)?.href : undefined;
}

function sendPage(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { ...HEADERS, "content-length": body.length }).end(body);
}
