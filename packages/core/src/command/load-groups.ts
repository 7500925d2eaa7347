import { fileURLToPath, pathToFileURL } from "node:url";
import { defineToolGroup } from "../contract.ts";
import type { ToolGroup } from "../contract.ts";
import { list } from "../settings/setting-kinds.ts";
import { createSettingsError } from "../settings/settings-error.ts";
import { findPackage } from "./find-package.ts";

/** Packages whose tool groups a server offers beside its own. */
export const groupSettings = {
  group: list({
    description: "Packages with further tool groups; their code runs in this process.",
    value: "PACKAGE",
  }),
};

export interface GroupPlaces {
  /** A module of the command, beside which its packages are. */
  command: string;
  cwd?: string;
}

/**
 * The groups that the named packages export, looked for beside the command and then from the working directory.
 * Throws a settings error for a package that is missing, fails to load or exports none.
 */
export async function loadGroups(
  names: readonly string[] = [],
  { command, cwd = process.cwd() }: GroupPlaces,
): Promise<ToolGroup[]> {
  const loaded: ToolGroup[] = [];
  for (const name of new Set(names)) loaded.push(...(await loadPackage(name, [fileURLToPath(command), cwd])));
  return loaded;
}

async function loadPackage(name: string, places: readonly string[]): Promise<ToolGroup[]> {
  const entry = findPackage(name, places);
  if (entry === undefined) {
    throw createSettingsError(
      `The package ${name} of --group is not found from ${places.join(" or ")}; install it with npm install ${name}.`,
    );
  }
  const exported = await import(pathToFileURL(entry).href).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw createSettingsError(`The package ${name} of --group cannot be loaded from ${entry}: ${reason}`);
  });
  const groups = [...new Set(Object.values(exported as Record<string, unknown>))].filter(isGroup);
  if (groups.length > 0) return groups.map(defineToolGroup);
  throw createSettingsError(
    `The package ${name} of --group exports no tool group; it must export what defineToolGroup returns.`,
  );
}

function isGroup(value: unknown): value is ToolGroup {
  if (typeof value !== "object" || value === null) return false;
  const { name, description, tools, resources = [], prompts = [] } = value as Partial<ToolGroup>;
  const hasOffers = [resources, prompts].every((offers) => Array.isArray(offers) && offers.every(isOffer));
  return (
    typeof name === "string" &&
    typeof description === "string" &&
    Array.isArray(tools) &&
    tools.every(isTool) &&
    hasOffers
  );
}

/** A resource or a prompt. */
function isOffer(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { name, uses, read, get } = value as Record<string, unknown>;
  return typeof name === "string" && Array.isArray(uses) && typeof (read ?? get) === "function";
}

const EFFECTS = ["read", "write", "destructive"];

function isTool(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { name, effect, input, output, run } = value as Record<string, unknown>;
  const hasSchemas = [input, output].every((schema) => typeof schema === "object" && schema !== null);
  return (
    typeof name === "string" && EFFECTS.includes(String(effect)) && hasSchemas && typeof run === "function"
  );
}
