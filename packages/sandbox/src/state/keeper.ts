import { readStateFile, writeStateFile } from "./file.ts";
import type { State } from "./state.ts";

const SETTLE_MS = 50;

/** Keeps a state in a file, a moment after each change; without a path it keeps nothing. */
export interface Keeper {
  /** The state that the file holds, if there is one. */
  load(): State | undefined;
  readonly loaded: boolean;
  changed(state: State): void;
  flush(state: State): void;
}

export function createKeeper(path: string | undefined): Keeper {
  let timer: NodeJS.Timeout | undefined;
  let loaded = false;
  const flush = (state: State) => {
    clearTimeout(timer);
    timer = undefined;
    if (path !== undefined) writeStateFile(path, state);
  };
  return {
    load() {
      const state = path === undefined ? undefined : readStateFile(path);
      loaded = state !== undefined;
      return state;
    },
    get loaded() {
      return loaded;
    },
    changed(state) {
      if (path !== undefined) timer ??= setTimeout(() => flush(state), SETTLE_MS).unref();
    },
    flush,
  };
}
