import { Code, ConnectError } from "@connectrpc/connect";

/** A promise's result, or a deadline error after so many milliseconds, whatever the promise hangs on. */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConnectError("no answer in time", Code.DeadlineExceeded)), ms);
  });
  try {
    return await Promise.race([work(ended.signal), tooLate]);
  } finally {
    clearTimeout(timer);
    ended.abort();
  }
}
