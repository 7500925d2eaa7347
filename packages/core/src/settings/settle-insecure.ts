import type { FoundSettings } from "./find-all.ts";

/** Plain HTTP for a plane's own address of itself, where nobody says otherwise; a word on it where the endpoint's scheme overrules. */
export function settleInsecure(
  found: FoundSettings,
  values: Record<string, unknown>,
  warn: (warning: string) => void,
): void {
  const { endpoint, insecure } = found;
  const address = String(endpoint?.raw ?? "").trim();
  // The rule of the flyte tools inside a cluster, where certificates for such names do not exist.
  if (endpoint?.by === "cluster" && !insecure && /localhost|docker/.test(address)) values["insecure"] = true;
  if (insecure && values["insecure"] === true && /^https:/i.test(address)) {
    warn(`The endpoint says https, so ${insecure.from} does not count.`);
  }
}
