const MOST_AT_ONCE = 8;

/** Does the work for each item, for eight at a time, and keeps their order. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, worker));
  return results;
}
