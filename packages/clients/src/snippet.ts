import { stringify } from "smol-toml";
import type { ClientProgram } from "./clients.ts";
import type { Entry, Launch } from "./launch.ts";

/** What a person pastes into a client's settings file for a server of that name. */
export function createSnippet(client: ClientProgram, name: string, launch: Launch): string {
  const whole = nest([...client.servers, name], client.entry(launch));
  return client.format === "toml" ? stringify(whole).trim() : JSON.stringify(whole, null, 2);
}

/** A link that has the client offer to add the server, undefined where the client takes none. */
export function createDeepLink(client: ClientProgram, name: string, launch: Launch): string | undefined {
  return client.link?.(name, client.entry(launch));
}

function nest(keys: readonly string[], entry: Entry): Entry {
  return keys.reduceRight<Entry>((inner, key) => ({ [key]: inner }), entry);
}
