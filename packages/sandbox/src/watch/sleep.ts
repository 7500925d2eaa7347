// A longer timer would fire at once.
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Waits without keeping the process alive; false as soon as the signal is aborted. */
export function sleep(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const settle = (slept: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve(slept);
    };
    const onAbort = () => settle(false);
    const timer = setTimeout(() => settle(true), Math.min(ms, MAX_TIMER_MS)).unref();
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
