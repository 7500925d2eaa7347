import type { Tool, ToolGroup } from "@flyte-mcp/core";
import { html } from "./html.ts";
import type { Html } from "./html.ts";

/** The tools that the policy selects, by their groups. */
export function toolsSection(groups: readonly ToolGroup[], tools: readonly Tool[]): Html {
  const shown = groups
    .map((group) => ({ ...group, tools: group.tools.filter((tool) => tools.includes(tool)) }))
    .filter((group) => group.tools.length > 0);
  return html`<section aria-labelledby="tools">
    <h2 id="tools">Tools <span class="count">${tools.length}</span></h2>
    <nav aria-label="Tool groups">
      <ul class="chips">
        ${shown.map(
          ({ name, tools: own }) =>
            html`<li>
              <a href="#group-${name}">${name} <span class="count">${own.length}</span></a>
            </li>`,
        )}
      </ul>
    </nav>
    ${shown.map(describeGroup)}
  </section>`;
}

function describeGroup({ name, description, tools }: ToolGroup): Html {
  return html`<section class="group" aria-labelledby="group-${name}">
    <div class="about">
      <h3 id="group-${name}">${name}</h3>
      <p>${description}</p>
    </div>
    <ul class="card tools">
      ${tools.map(describeTool)}
    </ul>
  </section>`;
}

function describeTool({ name, title, description, effect }: Tool): Html {
  return html`<li>
    <p>
      <code class="name">${name}</code> <span class="title">${title}</span>
      <span class="effect ${effect}">${effect}</span>
    </p>
    <p>${firstSentence(description)}</p>
  </li>`;
}

/** A package's group may have been written without types, and no text of it may end the server. */
function firstSentence(text: unknown): string | undefined {
  return typeof text === "string" ? text.split(/(?<=\.) /, 1)[0] : undefined;
}
