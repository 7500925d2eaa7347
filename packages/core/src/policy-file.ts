import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { didYouMean } from "./nearest.ts";
import { policyKeys, policySchema } from "./policy-schema.ts";
import { createSettingsError } from "./settings/settings-error.ts";

/** The limits of a policy file by their keys among the settings. Throws a settings error on anything that it does not know. */
export async function readPolicyFile(path: string): Promise<Record<string, unknown>> {
  const content = await parse(path);
  const parsed = policySchema.safeParse(content);
  if (!parsed.success) throw createSettingsError(`The policy file ${path}: ${describe(parsed.error)}`);
  const limits = Object.entries(parsed.data).flatMap(([name, value]) => {
    const key = policyKeys.get(name);
    return key === undefined ? [] : [[key, value] as const];
  });
  // A file that was emptied by mistake must not open the server.
  if (limits.length === 0) throw createSettingsError(`The policy file ${path} sets no limit.`);
  return Object.fromEntries(limits);
}

async function parse(path: string): Promise<unknown> {
  const text = readText(path);
  const { describeYamlError, parseYaml } = await import("./settings/parse-yaml.ts");
  try {
    return parseYaml(text);
  } catch (error) {
    throw createSettingsError(
      `The policy file ${path} is neither YAML nor JSON: ${describeYamlError(error)}`,
    );
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path.startsWith("~/") ? join(homedir(), path.slice(2)) : path, "utf8");
  } catch {
    throw createSettingsError(`The policy file ${path} cannot be read.`);
  }
}

function describe({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue?.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    return `"${key}" is no limit.${didYouMean(key, policyKeys.keys())} Known: ${[...policyKeys.keys()].join(", ")}.`;
  }
  const place = issue?.path.join(".") ?? "";
  if (place === "") return "it must hold a mapping such as `read_only: true`.";
  return `${place} must be ${issue?.code === "invalid_type" ? `a ${nameOf(issue.expected)}` : "given"}.`;
}

function nameOf(type: string): string {
  if (type === "array") return "list";
  return type === "boolean" ? "true or false" : "text";
}
