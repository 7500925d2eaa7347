import { isDeepStrictEqual } from "node:util";
import type { ClientProgram } from "../clients.ts";
import type { Entry } from "../launch.ts";
import { jsonEditor } from "./edit-json.ts";
import { tomlEditor } from "./edit-toml.ts";
import { objectAt, without } from "./editor.ts";
import type { Editor } from "./editor.ts";

/** Where an entry stands in a client's settings. */
export interface Spot {
  client: ClientProgram;
  /** The server's name there. */
  name: string;
}

export const editorOf = ({ format }: ClientProgram): Editor => (format === "toml" ? tomlEditor : jsonEditor);
export const pathOf = ({ client, name }: Spot): string[] => [...client.servers, name];

/** What the text holds for the server. Throws where the text is broken. */
export function entryIn(text: string, spot: Spot): Entry | undefined {
  return objectAt(editorOf(spot.client).read(text), pathOf(spot));
}

/** The text with the entry's keys set; all else, also other keys of that entry, is as it was. Throws when that cannot be kept. */
export function withEntry(text: string, spot: Spot, entry: Entry): string {
  const before = entryIn(text, spot);
  const merged = { ...forget(before), ...entry };
  const changed = editorOf(spot.client).write(text, pathOf(spot), entry);
  const gone = Object.keys(before ?? {}).filter((key) => !Object.hasOwn(merged, key));
  const clean = gone.reduce((now, key) => dropKey(now, spot, key), changed);
  assertOnly(text, clean, spot, merged);
  return clean;
}

/** The text without the entry. Throws when nothing but it would not go. */
export function withoutEntry(text: string, spot: Spot): string {
  const changed = editorOf(spot.client).write(text, pathOf(spot), undefined);
  assertOnly(text, changed, spot, undefined);
  return changed;
}

/** Whether two texts say the same; a list of servers that is empty says nothing. */
export function isSame(one: string, other: string, { client }: Spot): boolean {
  const said = (text: string) => {
    const whole = plain(editorOf(client).read(text));
    const servers = objectAt(whole, client.servers);
    return servers && Object.keys(servers).length === 0 ? without(whole, client.servers) : whole;
  };
  return isDeepStrictEqual(said(one), said(other));
}

const WAYS_IN = ["command", "args", "url", "httpUrl", "type"];

/** An earlier entry without what says how the server is reached: a command beside an address would be neither. */
function forget(entry: Entry = {}): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !WAYS_IN.includes(key)));
}

function dropKey(text: string, spot: Spot, key: string): string {
  if (spot.client.format === "json") return jsonEditor.write(text, [...pathOf(spot), key], undefined);
  throw new Error(`the server "${spot.name}" is reached in another way there; remove it first`);
}

/** Reads the result back: whatever an editor did, nothing but the entry may differ. */
function assertOnly(before: string, after: string, spot: Spot, entry: Entry | undefined): void {
  const { read } = editorOf(spot.client);
  const path = pathOf(spot);
  const [was, is] = [plain(read(before)), plain(read(after))];
  const isKept = isDeepStrictEqual(without(was, path), without(is, path));
  if (isKept && isDeepStrictEqual(plain(objectAt(is, path) ?? {}), plain(entry ?? {}))) return;
  throw new Error("it is written in a way that cannot be changed without touching more than this entry");
}

/** Tables have no prototype in some parsers. */
const plain = (value: Entry): Entry => JSON.parse(JSON.stringify(value)) as Entry;
