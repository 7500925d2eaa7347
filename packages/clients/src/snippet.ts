import { stringify } from "smol-toml";
import type { ClientProgram } from "./clients.ts";
import type { Entry, Launch } from "./launch.ts";

/** What a person pastes into a client's settings file for a server of that name. */
export function createSnippet(client: ClientProgram, name: string, launch: Launch): string {
  const whole = nest([...client.servers, name], client.entry(launch));
  return client.format === "toml" ? stringify(whole).trim() : JSON.stringify(whole, null, 2);
}

function nest(keys: readonly string[], entry: Entry): Entry {
  return keys.reduceRight<Entry>((inner, key) => ({ [key]: inner }), entry);
}
