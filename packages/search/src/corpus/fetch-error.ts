export interface Fetch {
  signal: AbortSignal;
  /** Says how far the work is. */
  tell(message: string): void;
}

/** Why a corpus could not be fetched, in a sentence without secrets. */
export function createFetchError(message: string): Error {
  return Object.assign(new Error(message), { name: "FetchError" });
}

export function isFetchError(error: unknown): error is Error {
  return error instanceof Error && error.name === "FetchError";
}
