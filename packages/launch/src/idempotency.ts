import { createHash } from "node:crypto";
import { equals } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { createToolError } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { z } from "zod";
import { findRun } from "./find-run.ts";
import type { FoundRun } from "./find-run.ts";

/** Makes a repeated call answer with the first one's run. */
export const idempotencyKeyInput = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe("A repeated call gets the first run; with other inputs it is refused.");

/** The run name that a key stands for in a project and domain, the same on every server and after every restart. */
export function nameForKey({ project, domain }: Scope, key: string): string {
  return `k${digest([project, domain, key]).slice(0, 24)}`;
}

/** Where a run keeps the fingerprint of what was asked for. */
export const LAUNCH_ANNOTATION = "flyte-mcp/launch";

/** What a call asked for, as it was written: the same for a repeated call, whatever is deployed meanwhile. */
export function fingerprint(asked: unknown): string {
  return digest(sorted(asked)).slice(0, 32);
}

export interface Wanted {
  task: string;
  /** Left out when the caller took the newest. */
  version: string | undefined;
  inputs: Inputs;
  fingerprint: string;
}

/** The run of a name or key that is already there, or undefined; throws a tool error when it is of something else. */
export async function findEarlier(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
  wanted: Wanted,
): Promise<Pick<FoundRun, "task" | "version"> | undefined> {
  const earlier = await findRun(flyte, scope, name);
  if (!earlier) return undefined;
  const { task, version } = earlier;
  if (earlier.annotations[LAUNCH_ANNOTATION] === wanted.fingerprint) return { task, version };
  const isOther = task !== wanted.task || (wanted.version ?? version) !== version;
  if (isOther) throw conflict(name, `is of ${task} version ${version}`);
  const inputs = await readGiven(flyte, { run: { ...scope, name }, name: "a0" });
  if (inputs === "gone") throw conflict(name, "what it was given cannot be read, to compare");
  if (!isSame(inputs, wanted.inputs)) throw conflict(name, "was given other inputs");
  return { task, version };
}

type ActionId = { run: Scope & { name: string }; name: string };

async function readGiven(
  flyte: ToolContext["flyte"],
  actionId: ActionId,
): Promise<Inputs | undefined | "gone"> {
  try {
    return (await flyte(DataProxyService).getActionData({ actionId })).inputs;
  } catch (error) {
    const { code } = ConnectError.from(error);
    if (code === Code.NotFound || code === Code.Unimplemented) return "gone";
    throw error;
  }
}

function isSame(given: Inputs | undefined, wanted: Inputs): boolean {
  const values = new Map(given?.literals.map(({ name, value }) => [name, value]));
  return (
    values.size === wanted.literals.length &&
    wanted.literals.every(({ name, value }) => {
      const other = values.get(name);
      return value !== undefined && other !== undefined && equals(LiteralSchema, value, other);
    })
  );
}

function conflict(name: string, reason: string): Error {
  return createToolError({
    code: "already_exists",
    message: `Nothing was launched: run ${name} exists, and ${reason}.`,
    hint: "Use another run_name or idempotency_key for another launch.",
  });
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/** The same JSON with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
