/** The most bytes one value may have; the SDK holds the inputs and outputs of an action to 10 MB as well. */
export const maxValueBytes = 10_000_000;

/** How deep a value may nest where its type sets no bound; a choice between alternatives is a level as well. */
export const maxDepth = 200;

/** What to say of a value beyond `maxValueBytes`; undefined for one within it. */
export function oversize(bytes: number): string | undefined {
  if (bytes <= maxValueBytes) return undefined;
  const size = (bytes / 1_000_000).toFixed(1);
  return `${size} MB are too much for one value (at most 10 MB): store it and pass its URI to an input of type File`;
}
