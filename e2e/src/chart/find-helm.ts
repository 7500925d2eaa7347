import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const HELM = fileURLToPath(new URL("../../../node_modules/.cache/helm/helm", import.meta.url));

/** Helm's program as the target `helm` of this project has built it; undefined where there was no Go, or nothing to fetch from. */
export function findHelm(): string | undefined {
  return existsSync(HELM) ? HELM : undefined;
}
