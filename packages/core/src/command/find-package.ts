import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The file that an import of a package would load, looked for in `node_modules` of each place and the folders above it. */
export function findPackage(name: string, places: readonly string[]): string | undefined {
  // A path or a file of a package would load what was never published as a group.
  if (!/^(@[\w.-]+\/)?[\w-][\w.-]*$/.test(name)) return undefined;
  const folder = places
    .flatMap(foldersAbove)
    .map((place) => join(place, "node_modules", name))
    .find((candidate) => existsSync(join(candidate, "package.json")));
  return folder && join(folder, entryOf(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))));
}

function foldersAbove(place: string): string[] {
  const above = dirname(place);
  return above === place ? [place] : [place, ...foldersAbove(above)];
}

interface Manifest {
  exports?: Exports;
  main?: string;
}

type Exports = string | readonly Exports[] | { [condition: string]: Exports } | null;

function entryOf({ exports, main = "index.js" }: Manifest): string {
  const isMap = typeof exports === "object" && exports !== null && "." in exports;
  const root = isMap ? (exports as Record<string, Exports>)["."] : exports;
  return chooseFile(root) ?? main;
}

const CONDITIONS = ["node", "import", "module-sync", "default"];

/** As Node chooses for an import: the first condition that holds. */
function chooseFile(exports: Exports | undefined): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  const branches = Array.isArray(exports)
    ? exports
    : Object.entries(exports).flatMap(([condition, branch]) =>
        CONDITIONS.includes(condition) ? [branch] : [],
      );
  return branches.map(chooseFile).find((file) => file !== undefined);
}
