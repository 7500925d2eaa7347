import { posix, win32 } from "node:path";

/** What decides where programs keep their settings. */
export interface Places {
  platform: NodeJS.Platform;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** Joins by the rules of the machine that the places are of. */
export function join({ platform }: Places, ...parts: string[]): string {
  return (platform === "win32" ? win32 : posix).join(...parts);
}

/** The folder in which desktop programs keep settings. */
export function desktopFolder(places: Places): string {
  const { platform, home, env } = places;
  if (platform === "win32") return env["APPDATA"] ?? join(places, home, "AppData", "Roaming");
  if (platform === "darwin") return join(places, home, "Library", "Application Support");
  return configFolder(places);
}

/** The folder in which command lines keep settings. */
export function configFolder(places: Places): string {
  return places.env["XDG_CONFIG_HOME"] ?? join(places, places.home, ".config");
}
