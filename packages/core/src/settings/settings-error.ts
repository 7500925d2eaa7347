/** An error whose message is one sentence for the person who starts the server; the process exits with 2. */
export function createSettingsError(message: string): Error {
  return Object.assign(new Error(message), { name: "SettingsError" });
}

export function isSettingsError(error: unknown): error is Error {
  return error instanceof Error && error.name === "SettingsError";
}
