import { html } from "./html.ts";
import type { Html } from "./html.ts";

/** A text to copy, with a button that shows where the script runs; `what` says to a screen reader what is copied. */
export function copyable(id: string, text: string, what: string): Html {
  return html`<div class="copyable">
    <pre id="${id}"><code>${text}</code></pre>
    <button type="button" data-copies="${id}" hidden>
      <span data-says>Copy</span><span class="unseen"> ${what}</span>
    </button>
  </div>`;
}
