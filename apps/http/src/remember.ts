/** How long an answer counts, and what is said where there is none. */
export interface RememberOptions<T> {
  keepMs: number;
  /** For how long a failure to get one is not tried again (default: as long). */
  keepFailureMs?: number;
  /** Whoever asks waits no longer. */
  patienceMs: number;
  /** Said in place of an answer that failed or is late, by the last one. */
  otherwise(last: T | undefined): T;
}

/** Asks once for all who want to know at the same time, and again when the answer is old. Never throws. */
export function remember<T>(ask: () => Promise<T>, options: RememberOptions<T>): () => Promise<T> {
  const { keepMs, keepFailureMs = keepMs, patienceMs, otherwise } = options;
  let known: { value: T; until: number } | undefined;
  let asking: Promise<T> | undefined;
  const load = async () => {
    try {
      known = { value: await ask(), until: performance.now() + keepMs };
    } catch {
      known = { value: otherwise(known?.value), until: performance.now() + keepFailureMs };
    }
    asking = undefined;
    return known.value;
  };
  const late = (): Promise<T> =>
    new Promise((resolve) => setTimeout(() => resolve(otherwise(known?.value)), patienceMs).unref());
  return () => {
    if (known && known.until > performance.now()) return Promise.resolve(known.value);
    asking ??= load();
    return Promise.race([asking, late()]);
  };
}
