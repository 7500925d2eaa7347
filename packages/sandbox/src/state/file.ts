import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { DescMessage, Message } from "@bufbuild/protobuf";
import { createRegistry, fromBinary, isMessage, toBinary } from "@bufbuild/protobuf";
import { file_google_protobuf_timestamp } from "@bufbuild/protobuf/wkt";
import { file_flyteidl2_app_app_definition } from "@flyte-mcp/idl/app/app_definition";
import { file_flyteidl2_project_project_service } from "@flyte-mcp/idl/project/project_service";
import { file_flyteidl2_trigger_trigger_definition } from "@flyte-mcp/idl/trigger/trigger_definition";
import { file_flyteidl2_common_identifier } from "@flyte-mcp/idl/common/identifier";
import { file_flyteidl2_core_literals } from "@flyte-mcp/idl/core/literals";
import { file_flyteidl2_task_common } from "@flyte-mcp/idl/task/common";
import { file_flyteidl2_task_run } from "@flyte-mcp/idl/task/run";
import { file_flyteidl2_task_task_definition } from "@flyte-mcp/idl/task/task_definition";
import { file_flyteidl2_workflow_run_definition } from "@flyte-mcp/idl/workflow/run_definition";
import type { State } from "./state.ts";
import { createState } from "./state.ts";

const registry = createRegistry(
  file_google_protobuf_timestamp,
  file_flyteidl2_app_app_definition,
  file_flyteidl2_common_identifier,
  file_flyteidl2_core_literals,
  file_flyteidl2_project_project_service,
  file_flyteidl2_task_common,
  file_flyteidl2_task_run,
  file_flyteidl2_task_task_definition,
  file_flyteidl2_trigger_trigger_definition,
  file_flyteidl2_workflow_run_definition,
);

const VERSION = 1;

/** The state in a file, or undefined if there is no such file; throws if it was not written by a sandbox. */
export function readStateFile(path: string): State | undefined {
  if (!existsSync(path)) return undefined;
  const { version, state } = parse(path);
  if (version !== VERSION)
    throw new Error(`${path} is not a state file of this sandbox (version ${version})`);
  // A file of an earlier release lacks what was added since.
  return { ...createState(), ...state };
}

function parse(path: string): { version?: number; state: State } {
  try {
    return JSON.parse(readFileSync(path, "utf8"), reviveValue) as { version?: number; state: State };
  } catch (error) {
    throw new Error(`${path} is not a state file of this sandbox`, { cause: error });
  }
}

/** Replaces the file in one step, so that no reader sees half of it. */
export function writeStateFile(path: string, state: State): void {
  const draft = `${path}.${randomUUID()}.tmp`;
  writeFileSync(draft, JSON.stringify({ version: VERSION, state: encodeValue(state) }));
  renameSync(draft, path);
}

function encodeValue(value: unknown): unknown {
  if (typeof value === "bigint") return { $int: value.toString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (isMessage(value)) return { $type: value.$typeName, $bytes: encodeMessage(value) };
  if (Array.isArray(value)) return value.map(encodeValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encodeValue(item)]));
}

function encodeMessage(message: Message): string {
  return Buffer.from(toBinary(schemaOf(message.$typeName), message)).toString("base64");
}

function schemaOf(typeName: string): DescMessage {
  const schema = registry.getMessage(typeName);
  if (!schema) throw new Error(`no schema for ${typeName} in a state file`);
  return schema;
}

function reviveValue(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { $type, $bytes, $int } = value as { $type?: string; $bytes?: string; $int?: string };
  if ($int !== undefined) return BigInt($int);
  if ($bytes === undefined) return value;
  const bytes = new Uint8Array(Buffer.from($bytes, "base64"));
  return $type === undefined ? bytes : fromBinary(schemaOf($type), bytes);
}
