import { Code, ConnectError } from "@connectrpc/connect";
import { createToolError, defineTool, scopeInput } from "@flyte-mcp/core";
import type { TaskTemplate } from "@flyte-mcp/idl/core/tasks";
import { ArtifactType } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { listFiles, normalizePath, readTextFile } from "./describe-code.ts";
import { findCodeBundle, imageOf } from "./find-code-bundle.ts";
import { unpackCode } from "./unpack-code.ts";

const MOST_PACKED_BYTES = 20 * 2 ** 20;
/** How a plane answers that has no link to give. */
const ABSENT: readonly Code[] = [
  Code.InvalidArgument,
  Code.Unimplemented,
  Code.NotFound,
  Code.FailedPrecondition,
];

export const getRunCode = defineTool({
  name: "get_run_code",
  title: "Get run code",
  description:
    "Read the code that a run executed: its files, or with path one text file. Not every control plane hands code out; then the answer says where it lies.",
  effect: "read",
  input: z
    .object({
      run_name: z.string().min(1).describe("The run."),
      action_name: z.string().min(1).default("a0").describe("Default: the root."),
      path: z.string().min(1).optional().describe("A file to read, or a folder to list."),
      from_line: z.int().min(1).default(1).describe("First line; default 1."),
    })
    .extend(scopeInput.shape),
  output: z.object({
    run: z.string(),
    action: z.string(),
    task: z.string().optional(),
    version: z.string().optional(),
    bundle_uri: z.string().optional(),
    files: z.array(z.object({ path: z.string(), size_bytes: z.number() })).optional(),
    more_files: z.number().optional().describe("How many files are not listed; name a folder as path."),
    skipped: z.number().optional().describe("Links and paths out of the archive, which are not shown."),
    path: z.string().optional(),
    size_bytes: z.number().optional(),
    total_lines: z.number().optional(),
    content: z.string().optional(),
    next_line: z.number().optional().describe("from_line to read on with."),
  }),

  async run({ run_name, action_name, path, from_line, ...args }, { flyte, scope, download }) {
    const actionId = { run: { ...scope(args), name: run_name }, name: action_name };
    const { details } = await flyte(RunService).getActionDetails({ actionId });
    const template = templateOf(details, action_name);
    const bundle = findCodeBundle(template);
    if (bundle?.kind === "pickle") throw isPickled(bundle.uri);
    const attempt = Math.max(details?.status?.attempts ?? 1, 1);
    const source = { case: "actionAttemptId", value: { actionId, attempt } } as const;
    const artifact = { artifactType: ArtifactType.CODE_BUNDLE, source };
    const packed = await download(artifact, MOST_PACKED_BYTES).catch((error: unknown) => {
      throw ABSENT.includes(ConnectError.from(error).code) ? hasNoLink(template) : error;
    });
    const archive = await unpackCode(packed);
    const { name: task, version } = template?.id ?? {};
    const about = { run: run_name, action: action_name, task, version, bundle_uri: bundle?.uri };
    const wanted = path === undefined ? "" : normalizePath(path);
    const isFolder = archive.files.some((file) => wanted === "" || file.path.startsWith(`${wanted}/`));
    if (wanted === "" || isFolder) return { ...about, ...listFiles(archive, wanted) };
    return { ...about, ...readTextFile(archive, wanted, from_line) };
  },
});

function templateOf(details: ActionDetails | undefined, action: string): TaskTemplate | undefined {
  const kind = details?.spec.case;
  if (kind === "task") return details?.spec.value.taskTemplate;
  if (kind === undefined) return undefined;
  const message = `Action ${action} is a ${kind}: it has no code of its own.`;
  throw createToolError({
    code: "failed_precondition",
    message,
    hint: `Ask for that of its parent ${details?.metadata?.parent || "a0"}.`,
  });
}

function isPickled(uri: string): Error {
  const message = `The code is a pickled object, not files: ${uri}.`;
  return createToolError({ code: "failed_precondition", message, hint: "Only Python can open it." });
}

function hasNoLink(template: TaskTemplate | undefined): Error {
  const bundle = findCodeBundle(template);
  const image = imageOf(template);
  const inImage = `Its task names no code bundle: the code is in the image${image ? ` ${image}` : ""}.`;
  return createToolError({
    code: "unimplemented",
    message: "This control plane gives no link to the code of this run.",
    hint: bundle ? `The code lies at ${bundle.uri}, for whoever may read that bucket.` : inImage,
  });
}
