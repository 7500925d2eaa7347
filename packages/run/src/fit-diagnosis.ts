const MOST_BYTES = 7_500;

/** The parts of a diagnosis that can be long. */
interface Parts {
  cause?: { events: unknown[]; log: string[]; error?: { message: string } | undefined } | undefined;
  changes?: unknown[] | undefined;
}

/** Shortens a diagnosis to 7.5 kB: what is farthest from the failure goes first, its message last. */
export function fitDiagnosis<T extends Parts>(diagnosis: T): T {
  const fitted = structuredClone(diagnosis);
  const { cause, changes = [] } = fitted;
  const [log, events] = [cause?.log ?? [], cause?.events ?? []];
  const isTooLong = () => Buffer.byteLength(JSON.stringify(fitted)) > MOST_BYTES;
  while (isTooLong() && log.length > 10) log.shift();
  while (isTooLong() && events.length > 2) events.shift();
  while (isTooLong() && changes.length > 6) changes.pop();
  while (isTooLong() && log.length > 0) log.shift();
  while (isTooLong() && events.length > 0) events.shift();
  while (isTooLong() && changes.length > 0) changes.pop();
  const error = cause?.error;
  while (error && isTooLong() && error.message.length > 100) error.message = halve(error.message);
  return fitted;
}

/** Without half of a character at the end: strict readers refuse it. */
function halve(text: string): string {
  return `${text.slice(0, Math.floor(text.length / 2)).replace(/[\ud800-\udbff]$/, "")}…`;
}
