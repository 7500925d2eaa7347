import { nearestName } from "./nearest-name.ts";

/** `, did you mean x?` where a candidate is close. */
export function suggestion(name: string, candidates: readonly string[]): string {
  const near = nearestName(name, candidates);
  return near === undefined ? "" : `, did you mean ${near}?`;
}

/** A list of names that stays short enough for a message. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(", ");
  return names.length > 20 ? `${shown}, and ${names.length - 20} more` : shown;
}
