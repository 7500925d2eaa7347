export { fitAnswer } from "./answer.ts";
export { createFlyte, type Flyte, withCaller } from "./client/flyte.ts";
export type { Artifact } from "./client/download-artifact.ts";
export type { UploadedFile } from "./client/upload-file.ts";
export { openFlyte } from "./client/open-flyte.ts";
export { createWebAgents } from "./client/web-agents.ts";
export type { Attachment, Content } from "./content.ts";
export { defineTool, defineToolGroup } from "./contract.ts";
export type {
  Effect,
  PlaneFacts,
  ProgressUpdate,
  Scope,
  Tool,
  ToolContext,
  ToolDefinition,
  ToolGroup,
} from "./contract.ts";
export { assertProjectExists, explainMissing } from "./errors/not-found.ts";
export { redact } from "./errors/redact.ts";
export { createToolError, type Explanation, type ToolError } from "./errors/tool-error.ts";
export { isSuccess, isTerminal, phaseName } from "./flyte/phase.ts";
export { isoTime } from "./flyte/time.ts";
export { limitInput, scopeInput, tokenInput } from "./inputs.ts";
export { listRows, type Listing } from "./list-rows.ts";
export { didYouMean, nearestNames } from "./nearest.ts";
export type { Policy } from "./policy.ts";
export { definePrompt, type Prompt, type PromptDefinition } from "./prompt.ts";
export { readPolicy } from "./read-policy.ts";
export { type Complete, defineResource, type ReadContext, type Resource } from "./resource.ts";
export { selectTools } from "./select-tools.ts";
export { createServer, type ServerOptions } from "./server/create-server.ts";
export { flyteSettings, identitySettings, policySettings, sandboxSettings } from "./settings/definitions.ts";
export { describeSettings } from "./settings/help.ts";
export { flag, list, text, type SettingMeta } from "./settings/setting-kinds.ts";
export { runCommand } from "./settings/read-command.ts";
export { readSettings, type Settings } from "./settings/read-settings.ts";
export { createSettingsError, isSettingsError } from "./settings/settings-error.ts";
export type { CallEnd, CallWatch, WatchCall, WatchedCall, WatchedRpc } from "./watch.ts";
