import { defineTool, isoTime, scopeInput } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import type { TaskMetadata } from "@flyte-mcp/idl/core/tasks";
import type { TaskDetails } from "@flyte-mcp/idl/task/task_definition";
import { describeInterface, describeType, inputsJsonSchema } from "@flyte-mcp/literals";
import { z } from "zod";
import { describeContainer } from "@flyte-mcp/observe";
import { readTask } from "./read-task.ts";

export const getTask = defineTool({
  name: "get_task",
  title: "Get task",
  description:
    "Describe one version of a deployed task: its inputs with types and defaults, outputs, cache, image, resources. Call it to learn a task's inputs before run_task.",
  effect: "read",
  input: z
    .object({
      name: z.string().min(1).describe("The task's full name, usually environment.function."),
      version: z.string().min(1).optional().describe("The newest when left out."),
    })
    .extend(scopeInput.shape),
  output: z.object({
    name: z.string(),
    version: z.string(),
    project: z.string(),
    domain: z.string(),
    task_type: z.string(),
    environment: z.string().optional(),
    description: z.string().optional(),
    signature: z.string(),
    input_schema: z.record(z.string(), z.unknown()).describe("JSON Schema of run_task's inputs."),
    required_inputs: z.array(z.string()),
    outputs: z.record(z.string(), z.string()),
    deployed_at: z.string().optional(),
    cache: z.object({
      behavior: z.enum(["disable", "override", "auto"]),
      version_override: z.string().optional(),
      serialize: z.boolean(),
      max_age_s: z.number().optional(),
    }),
    retries: z.number(),
    timeout_s: z.number().optional(),
    interruptible: z.boolean().optional(),
    image: z.string().optional(),
    resources: z.record(z.string(), z.string()).optional(),
    service_account: z.string().optional(),
    secrets: z.array(z.string()).describe("Keys of the secrets it mounts, never their values."),
    url: z.string().optional(),
  }),

  async run(input, context) {
    const scope = context.scope(input);
    const details = await readTask(context.flyte, scope, input.name, input.version);
    return describeTask(details, context);
  },
});

function describeTask({ taskId, metadata, spec }: TaskDetails, { consoleUrl }: ToolContext) {
  const { name = "", version = "", project = "", domain = "" } = taskId ?? {};
  const template = spec?.taskTemplate;
  return {
    name,
    version,
    project,
    domain,
    task_type: template?.type ?? "",
    environment: spec?.environment?.name || name.split(".").slice(0, -1).join(".") || undefined,
    description: spec?.documentation?.longDescription || spec?.documentation?.shortDescription || undefined,
    ...describeTypes(spec),
    deployed_at: isoTime(metadata?.deployedAt),
    ...describeExecution(template?.metadata),
    ...describeContainer(template),
    url: consoleUrl({ kind: "tasks", project, domain, path: [name, version] }),
  };
}

function describeTypes(spec: TaskDetails["spec"]) {
  const typed = spec?.taskTemplate?.interface;
  const defaults = spec?.defaultInputs ?? [];
  const input_schema = inputsJsonSchema(typed?.inputs?.variables ?? [], defaults);
  const outputs = (typed?.outputs?.variables ?? []).map(({ key, value }) => [key, typeName(value)] as const);
  return {
    signature: describeInterface(typed, defaults),
    input_schema,
    required_inputs: input_schema.required,
    outputs: Object.fromEntries(outputs),
  };
}

function typeName(variable: { type?: Parameters<typeof describeType>[0] } | undefined): string {
  return variable?.type ? describeType(variable.type) : "unknown";
}

function describeExecution(metadata: TaskMetadata | undefined) {
  return {
    cache: describeCache(metadata),
    retries: metadata?.retries?.retries ?? 0,
    timeout_s: metadata?.timeout ? Number(metadata.timeout.seconds) : undefined,
    interruptible: metadata?.interruptibleValue.value,
  };
}

function describeCache(metadata: TaskMetadata | undefined) {
  const version = metadata?.discoveryVersion || undefined;
  const cached = version === undefined ? ("auto" as const) : ("override" as const);
  return {
    behavior: metadata?.discoverable ? cached : ("disable" as const),
    version_override: metadata?.discoverable ? version : undefined,
    serialize: metadata?.cacheSerializable ?? false,
    // Unset is the plane's default age, 0 is for ever.
    max_age_s: metadata?.cacheMaxAge ? Number(metadata.cacheMaxAge.seconds) : undefined,
  };
}
