/** Keeps the last `size` items that were pushed. */
export interface Ring<T> {
  push(item: T): void;
  /** Oldest first. */
  items(): T[];
  /** How many were ever pushed. */
  pushed(): number;
}

export function createRing<T>(size: number): Ring<T> {
  const slots: T[] = [];
  let pushed = 0;
  return {
    push(item) {
      slots[pushed % size] = item;
      pushed += 1;
    },
    items() {
      const oldest = pushed > size ? pushed % size : 0;
      return [...slots.slice(oldest), ...slots.slice(0, oldest)];
    },
    pushed: () => pushed,
  };
}
