import { clientPrograms, createSnippet } from "@flyte-mcp/clients";
import type { ClientProgram } from "@flyte-mcp/clients";
import { endpointPath } from "../find-place.ts";
import type { Plan } from "./plan.ts";

const NAME = "flyte";
const MACHINE =
  process.platform === "win32"
    ? { platform: process.platform, home: "%USERPROFILE%", env: { APPDATA: "%APPDATA%" } }
    : { platform: process.platform, home: "~", env: {} };

/** What a person who has deployed wants to know: where it is, and how each client connects. */
export function describeDeployed(
  plan: Plan,
  publicUrl: string | undefined,
  consoleUrl: string | undefined,
): string {
  const { server, id } = plan;
  const base = server.values.publicUrl ?? publicUrl;
  const at = consoleUrl === undefined ? [] : [`Console:      ${consoleUrl}`];
  if (base === undefined)
    return [
      ...at,
      "The plane gives this app no address: ask whoever runs it for a base domain of apps.",
    ].join("\n");
  const url = base.replace(/\/+$/, "") + endpointPath(server.values.mountPath);
  return [
    ...at,
    `MCP endpoint: ${url}`,
    "",
    "Connect a client:",
    ...clientPrograms.map((client) => describeClient(client, url)),
    ...describeCredential(plan),
    "Behind a login of the plane, this keeps a token fresh and prints an entry for clients without a login of their own:",
    `  flyte proxy app ${id.name} --emit-mcp-config`,
  ].join("\n");
}

function describeClient(client: ClientProgram, url: string): string {
  const { name, addUrl, files } = client;
  if (addUrl) return `\n${name}:\n  ${addUrl(NAME, url)}`;
  const file = files(MACHINE)[0];
  const entry = createSnippet(client, NAME, { url }).replaceAll("\n", "\n  ");
  return `\n${name}, in ${file}:\n  ${entry}`;
}

function describeCredential({ server }: Plan): string[] {
  if (server.rules.kind === "none") return [""];
  const what = server.rules.kind === "shared-secret" ? "the shared secret" : "a token";
  return ["", `Clients send ${what} as the header Authorization: Bearer <${what.replace(/^.* /, "")}>.`, ""];
}
