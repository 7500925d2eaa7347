import type { Offers } from "@flyte-mcp/core/command";
import { html } from "./html.ts";
import type { Html } from "./html.ts";

/** The resources and prompts that the policy leaves, or nothing. */
export function offersSection({ resources, prompts }: Offers): Html | undefined {
  const rows = [
    ...resources.map(({ uri, title, description }) => describeOffer("resource", uri, title, description)),
    ...prompts.map(({ name, title, description }) => describeOffer("prompt", name, title, description)),
  ];
  if (rows.length === 0) return undefined;
  return html`<section aria-labelledby="offers">
    <h2 id="offers">Resources and prompts <span class="count">${rows.length}</span></h2>
    <ul class="card tools">
      ${rows}
    </ul>
  </section>`;
}

function describeOffer(kind: string, name: string, title: string, description: string): Html {
  return html`<li>
    <p>
      <code class="name">${name}</code> <span class="title">${title}</span>
      <span class="effect">${kind}</span>
    </p>
    <p>${description}</p>
  </li>`;
}
