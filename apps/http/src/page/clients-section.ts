import { clientPrograms, createDeepLink, createSnippet } from "@flyte-mcp/clients";
import type { ClientProgram } from "@flyte-mcp/clients";
import { copyable } from "./copyable.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";

const NAME = "flyte";

const MACHINES = [
  { on: "Linux", platform: "linux", home: "~", env: {} },
  { on: "macOS", platform: "darwin", home: "~", env: {} },
  { on: "Windows", platform: "win32", home: "%USERPROFILE%", env: { APPDATA: "%APPDATA%" } },
] as const;

/** How to connect each client to an address; `credential` says what else to send. */
export function clientsSection(url: string, credential: string | undefined): Html {
  return html`<section aria-labelledby="connect">
    <h2 id="connect">Connect a client</h2>
    <p>
      ${credential ?? "No credential is needed."} Keep what else a settings file holds, and add the entry to
      it.
    </p>
    <div class="card clients">
      ${clientPrograms.map((client, index) => describeClient(client, url, index === 0))}
    </div>
  </section>`;
}

function describeClient(client: ClientProgram, url: string, isOpen: boolean): Html {
  const { id, name, addUrl, then } = client;
  const link = createDeepLink(client, NAME, { url });
  const setUp = `npx -y flyte-mcp setup ${id} --url ${url}`;
  return html`<details name="client" ${isOpen ? html`open` : undefined}>
    <summary>${name}</summary>
    <div class="steps">
      ${link && html`<p><a href="${link}">Add it to ${name}</a>, or</p>`}
      <p>Run</p>
      ${copyable(`command-${id}`, addUrl?.(NAME, url) ?? setUp, `the command for ${name}`)}
      <p>or put this into ${joinPlaces(client)}:</p>
      ${copyable(`entry-${id}`, createSnippet(client, NAME, { url }), `the entry for ${name}`)}
      <p class="then">${then}</p>
    </div>
  </details>`;
}

/** The client's file on each kind of machine; where most agree, only the odd one is named. */
function joinPlaces(client: ClientProgram): Html {
  const places = MACHINES.map((machine) => ({ on: machine.on, file: client.files(machine)[0] }));
  const [linux, mac, windows] = places;
  const isShared = linux?.file === mac?.file;
  const named = isShared ? [windows] : [mac, windows];
  return html`<code>${linux?.file}</code>${isShared ? undefined : html` on Linux`}${named.map(
      (place) => html`, <code>${place?.file}</code> on ${place?.on}`,
    )}`;
}
