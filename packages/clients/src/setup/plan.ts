import { existsSync } from "node:fs";
import type { ClientProgram } from "../clients.ts";
import type { Launch } from "../launch.ts";
import type { Places } from "../places.ts";
import { createSnippet } from "../snippet.ts";
import { entryIn, isSame, withEntry, withoutEntry } from "./change.ts";
import type { Spot } from "./change.ts";
import {
  backupOf,
  readBackup,
  readSettingsFile,
  removeBackup,
  removeSettingsFile,
  writeSettingsFile,
} from "./files.ts";
import { showChange } from "./show.ts";

/** A change of a client's settings that is worked out and not yet made. */
export interface Plan {
  /** The file as the client knows it. */
  path: string;
  /** What changes, a line each; empty when all is as it should be. */
  lines: readonly string[];
  /** Where the file as it was before our first change is kept. */
  backup: string | undefined;
  /** Makes the change. Throws a sentence when it cannot, and leaves the file as it was. */
  carryOut(): Promise<void>;
}

/** The file that a client uses here: the first of its files that is there, else the one that it would make. */
export function chooseFile({ files }: ClientProgram, places: Places): string {
  const candidates = files(places);
  return candidates.find((file) => existsSync(file)) ?? candidates[0] ?? "";
}

/** Whether a server of that name stands in a client's settings, or why it cannot be told. */
export async function lookUp(spot: Spot, path: string): Promise<"set up" | "not set up" | "no settings yet"> {
  const { text } = await readSettingsFile(path);
  if (text === undefined) return "no settings yet";
  return explain(path, () => (entryIn(text, spot) ? "set up" : "not set up"));
}

/** Puts a server into a client's settings. Throws a sentence when they are broken, with what to paste by hand. */
export async function planSetup(spot: Spot, launch: Launch, path: string): Promise<Plan> {
  const file = await readSettingsFile(path);
  const before = file.text ?? "";
  const byHand = `By hand it is:\n${createSnippet(spot.client, spot.name, launch)}`;
  const after = explain(path, () => withEntry(before, spot, spot.client.entry(launch)), byHand);
  return {
    path,
    lines: showChange(before, after),
    backup: file.text === undefined ? undefined : backupOf(file),
    carryOut: () => writeSettingsFile(file, after),
  };
}

/** Takes it out again: to the byte where nothing else has changed since, else the entry alone. */
export async function planUndo(spot: Spot, path: string): Promise<Plan> {
  const file = await readSettingsFile(path);
  const before = file.text ?? "";
  const former = await readBackup(file);
  const after = explain(path, () => textBefore(before, former, spot));
  const isOurs = former === undefined && explain(path, () => isSame(after, "", spot));
  return {
    path,
    lines: showChange(before, after),
    backup: undefined,
    async carryOut() {
      await (isOurs ? removeSettingsFile(file) : writeSettingsFile(file, after));
      await removeBackup(file);
    },
  };
}

function textBefore(now: string, former: string | undefined, spot: Spot): string {
  if (entryIn(now, spot) === undefined) return now;
  const earlier = former === undefined ? undefined : entryIn(former, spot);
  const without = withoutEntry(now, spot);
  const undone = earlier === undefined ? without : withEntry(without, spot, earlier);
  return former !== undefined && isSame(undone, former, spot) ? former : undone;
}

/** Says of which file something is true, and what helps. */
function explain<T>(path: string, work: () => T, help = "Mend it, then run the command again."): T {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} cannot be changed: ${reason}. Nothing was written. ${help}`, { cause: error });
  }
}
