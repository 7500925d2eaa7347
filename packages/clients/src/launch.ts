/** How a client comes to a server: a command that it launches, or an address. */
export type Launch = { command: string; args: readonly string[] } | { url: string };

/** What a client's settings hold for a server. */
export type Entry = Record<string, unknown>;

/** The command as most clients take it: the program and its arguments apart. */
export const commandOf = (launch: Launch): Entry =>
  "url" in launch ? {} : { command: launch.command, args: [...launch.args] };
