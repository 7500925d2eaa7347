/** Tells watchers what has changed; nothing is kept for those who come later. */
export interface Bus<T> {
  publish(value: T): void;
  /** Values from the moment of the call on, each at least `delayMs` after it was published; ends with `signal` or the bus. */
  subscribe(signal: AbortSignal, delayMs?: number): AsyncIterableIterator<T>;
  /** Ends every subscription. */
  close(): void;
}

interface Subscriber<T> {
  give: (value: T) => void;
  end: () => void;
}

export function createBus<T>(): Bus<T> {
  const subscribers = new Set<Subscriber<T>>();
  let closed = false;
  return {
    publish: (value) => subscribers.forEach((subscriber) => subscriber.give(value)),
    subscribe(signal, delayMs = 0) {
      const { subscriber, values } = createSubscription<T>(delayMs, (ended) => subscribers.delete(ended));
      if (closed || signal.aborted) subscriber.end();
      else subscribers.add(subscriber);
      signal.addEventListener("abort", subscriber.end, { once: true });
      return values;
    },
    close() {
      closed = true;
      [...subscribers].forEach((subscriber) => subscriber.end());
    },
  };
}

function createSubscription<T>(delayMs: number, onEnd: (ended: Subscriber<T>) => void) {
  const queue: T[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let wake: (() => void) | undefined;
  let ended = false;
  const end = () => {
    ended = true;
    timers.forEach((timer) => clearTimeout(timer));
    onEnd(subscriber);
    wake?.();
  };
  const push = (value: T) => {
    queue.push(value);
    wake?.();
  };
  const give = (value: T) => {
    if (delayMs === 0) return push(value);
    const timer = setTimeout(() => {
      timers.delete(timer);
      push(value);
    }, delayMs);
    timers.add(timer.unref());
  };
  const subscriber: Subscriber<T> = { give, end };
  async function next(): Promise<IteratorResult<T, undefined>> {
    while (queue.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
    return ended ? { done: true, value: undefined } : { done: false, value: queue.shift() as T };
  }
  const values: AsyncIterableIterator<T> = {
    next,
    return: async () => {
      end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => values,
  };
  return { subscriber, values };
}
