import { create } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { RunIdentifier } from "@flyte-mcp/idl/common/identifier";
import { ActionIdentifierSchema } from "@flyte-mcp/idl/common/identifier";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { CatalogCacheStatus } from "@flyte-mcp/idl/core/catalog";
import { ActionType, RunSource } from "@flyte-mcp/idl/workflow/run_definition";
import type { Plane } from "../plane.ts";
import type { ActionRow } from "./state.ts";

interface NewAction {
  run: RunIdentifier;
  name: string;
  parent: string;
  group?: string;
  inputsUri: string;
  createdAt?: Timestamp | undefined;
}

/** An action as Flyte first stores it: no phase yet, one attempt. */
export function createActionRow(plane: Plane, action: NewAction): ActionRow {
  const now = action.createdAt ?? plane.clock();
  const { project, domain, name: run } = action.run;
  return {
    id: create(ActionIdentifierSchema, { run: { project, domain, name: run }, name: action.name }),
    parent: action.parent,
    group: action.group ?? "",
    actionType: ActionType.TASK,
    source: RunSource.UNSPECIFIED,
    phase: ActionPhase.UNSPECIFIED,
    attempts: 1,
    cacheStatus: CatalogCacheStatus.CACHE_DISABLED,
    createdAt: now,
    updatedAt: now,
    inputsUri: action.inputsUri,
    events: [],
    logs: [],
  };
}
