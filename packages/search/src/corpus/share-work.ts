import type { Fetch } from "./fetch-error.ts";

/** Work that goes on for whoever asks for it next, though the one who began it has left. */
export interface SharedWork<T> {
  /** Joins the work under way, or begins it; throws what it throws, or the reason of `signal` when that is first. */
  join(fetch: Fetch): Promise<T>;
  /** How far it is, as last told. */
  latest(): string;
}

export function shareWork<T>(work: (fetch: Fetch) => Promise<T>): SharedWork<T> {
  const listeners = new Set<Fetch["tell"]>();
  let running: Promise<T> | undefined;
  let latest = "";
  const begin = () => {
    const tell = (message: string) => {
      latest = message;
      for (const listener of listeners) listener(message);
    };
    const begun = work({ signal: new AbortController().signal, tell }).finally(() => (running = undefined));
    // It may fail when all who asked have left, which must not end the process.
    begun.catch(() => undefined);
    return begun;
  };
  return {
    latest: () => latest,
    async join({ signal, tell }) {
      signal.throwIfAborted();
      listeners.add(tell);
      running ??= begin();
      let leave = () => {};
      const left = new Promise<never>((_, reject) => {
        leave = () => reject(signal.reason as Error);
        signal.addEventListener("abort", leave, { once: true });
      });
      try {
        return await Promise.race([running, left]);
      } finally {
        listeners.delete(tell);
        signal.removeEventListener("abort", leave);
      }
    },
  };
}
