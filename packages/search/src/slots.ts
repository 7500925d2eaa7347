import { createToolError } from "@flyte-mcp/core";

/** Runs at most `running` works at once; `waiting` more wait their turn, and any further is refused. */
export function createSlots({ running, waiting }: { running: number; waiting: number }) {
  let used = 0;
  const queue: (() => void)[] = [];
  return async function run<T>(work: () => Promise<T>): Promise<T> {
    if (used >= running) {
      if (queue.length >= waiting) throw tooMany();
      await new Promise<void>((start) => queue.push(start));
    } else used++;
    try {
      return await work();
    } finally {
      // The place goes to the next in line without becoming free between.
      const next = queue.shift();
      if (next) next();
      else used--;
    }
  };
}

function tooMany() {
  return createToolError({
    code: "resource_exhausted",
    message: "Too many searches are waiting.",
    hint: "Ask again in a few seconds.",
    retryable: true,
  });
}
