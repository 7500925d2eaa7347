/** What is left of a deadline in whole milliseconds, at least 1; undefined without one. */
export type Countdown = () => number | undefined;

export function startCountdown(timeoutMs: number | undefined): Countdown {
  const began = performance.now();
  return () =>
    timeoutMs === undefined ? undefined : Math.max(1, Math.round(timeoutMs - (performance.now() - began)));
}
