import { selectTools } from "@flyte-mcp/core";
import type { Flyte, Policy, Tool, ToolGroup } from "@flyte-mcp/core";
import { selectOffers } from "@flyte-mcp/core/command";
import type { CallerRules } from "../auth/read-caller-rules.ts";
import { version } from "../version.ts";
import { clientsSection } from "./clients-section.ts";
import { copyable } from "./copyable.ts";
import { describeCallers, describeCredential, describePlane, describePolicy } from "./describe-server.ts";
import { html, raw } from "./html.ts";
import type { Html } from "./html.ts";
import { offersSection } from "./offers-section.ts";
import { pageIcon, pageMark } from "./page-mark.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";
import { toolsSection } from "./tools-section.ts";

/** What the page tells of a server. */
export interface Shown {
  title: string;
  isSandbox: boolean;
  flyte: Flyte;
  rules: CallerRules;
  groups: readonly ToolGroup[];
  policy: Policy;
}

/** The page for somebody who reaches the MCP endpoint at this address. */
export function renderPage(endpoint: string, shown: Shown): string {
  const tools = selectTools(shown.groups, shown.policy);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${shown.title}</title>
        <link rel="icon" href="${pageIcon}" />
        ${raw(`<style>${pageStyle}</style>`)}
      </head>
      <body>
        <header>
          <div class="brand">
            ${pageMark}
            <h1>${shown.title}</h1>
            <span class="version"><span class="unseen">version </span>${version}</span>
          </div>
          <p class="lede">
            This is an MCP server for Flyte. Connect an assistant to it, and the assistant can use the tools
            below.
          </p>
        </header>
        <main>
          <section class="card endpoint" aria-labelledby="endpoint-is">
            <h2 id="endpoint-is">MCP endpoint</h2>
            ${copyable("endpoint", endpoint, "the endpoint")}
          </section>
          ${facts(shown, tools)} ${clientsSection(endpoint, describeCredential(shown.rules))}
          ${toolsSection(shown.groups, tools)} ${offersSection(selectOffers(shown.groups, tools))}
        </main>
        <footer>
          <p>The endpoint is for MCP clients; a browser finds nothing there.</p>
        </footer>
        <p role="status" class="unseen"></p>
        ${raw(`<script>${pageScript}</script>`)}
      </body>
    </html> `;
  return page.html;
}

function facts({ flyte, isSandbox, rules, groups, policy }: Shown, tools: readonly Tool[]): Html {
  const rows = [
    ["Flyte", describePlane(flyte, isSandbox)],
    ["Who may call", describeCallers(rules)],
    ["What it may do", describePolicy(groups, tools, policy)],
  ] as const;
  return html`<dl class="facts">
    ${rows.map(
      ([name, text]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${text}</dd>
        </div>`,
    )}
  </dl>`;
}
