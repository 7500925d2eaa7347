import { AppService } from "@flyte-mcp/idl/app/app_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import fc from "fast-check";
import { z } from "zod";
import { defineTool, defineToolGroup } from "./contract.ts";
import type { Effect, ToolContext } from "./contract.ts";
import { explainPolicy } from "./explain-policy.ts";
import type { PolicyQuestion } from "./explain-policy.ts";
import type { Policy } from "./policy.ts";
import { isSettingsError } from "./settings/settings-error.ts";
import { connectClient } from "./testing/connect-client.ts";
import { playFlyte } from "./testing/play-flyte.ts";

const input = z.object({
  project: z.string(),
  domain: z.string(),
  name: z.string(),
  taskName: z.string().default(""),
});
type Args = z.output<typeof input>;

function tool(
  name: string,
  effect: Effect,
  touch: (args: Args, context: ToolContext) => Promise<unknown>,
  inlineCode = false,
) {
  return defineTool({
    name,
    title: name,
    description: "Touches one thing.",
    effect,
    inlineCode,
    input,
    output: z.object({}),
    async run(args, context) {
      await touch(args, context);
      return {};
    },
  });
}

const run = (args: Args, { flyte }: ToolContext) =>
  flyte(RunService).createRun({ task: { case: "taskId", value: { ...args, version: "v1" } } });

const groups = [
  defineToolGroup({
    name: "task",
    description: "Tasks.",
    tools: [
      tool("get_task", "read", (args, { flyte }) => flyte(TaskService).getTaskDetails({ taskId: args })),
      tool("run_task", "write", run),
    ],
  }),
  defineToolGroup({
    name: "script",
    description: "Scripts.",
    tools: [tool("run_script", "write", run, true)],
  }),
  defineToolGroup({
    name: "more",
    description: "The rest.",
    tools: [
      tool("delete_app", "destructive", (args, { flyte }) => flyte(AppService).delete({ appId: args })),
      tool("get_trigger", "read", (args, { flyte }) =>
        flyte(TriggerService).getTriggerDetails({ name: args }),
      ),
    ],
  }),
];

/** Whether a call of the tool reaches Flyte, through a real server and a real client. */
async function isReached(policy: Policy, toolName: string, args: Args): Promise<boolean> {
  let reached = false;
  const reach = () => {
    reached = true;
    return {};
  };
  const flyte = playFlyte(({ service }) => {
    service(TaskService, { getTaskDetails: reach });
    service(RunService, { createRun: reach });
    service(AppService, { delete: reach });
    service(TriggerService, { getTriggerDetails: reach });
  });
  try {
    const { client } = await connectClient({ groups, flyte, policy });
    await client.callTool({ name: toolName, arguments: args }).catch(() => undefined);
    await client.close();
  } catch (error) {
    if (!isSettingsError(error)) throw error;
  }
  return reached;
}

function question(toolName: string, args: Args): PolicyQuestion {
  if (toolName === "delete_app") return { tool: toolName, app: args.name };
  return toolName === "get_trigger" ? { tool: toolName, trigger: args } : { tool: toolName, task: args };
}

const TOOLS = groups.flatMap((group) => group.tools.map(({ name }) => name));
const some = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 });
const taskEntries = some("a", "b", "p/a", "q/a", "d/p/a", "p/b", "d/p/x/y", "x/y", "p/x/y");
const limits = {
  excludeTools: some(...TOOLS),
  readOnly: fc.boolean(),
  readOnlyGroups: some("all", "task", "script", "more"),
  tasks: taskEntries,
  apps: some("a", "b"),
  triggers: some("a", "b", "a/a", "a/b", "x/y/a", "y/a"),
};
const naming = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ groups: some("all", "core", "task", "script", "more") }) },
  { weight: 1, arbitrary: fc.record({ tools: some(...TOOLS) }) },
);
/** Few limits at once, or nothing would ever be allowed. */
const limited = fc
  .tuple(
    ...Object.entries(limits).map(([key, values]) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: (values as fc.Arbitrary<unknown>).map((value) => ({ [key]: value })) },
      ),
    ),
  )
  .map((parts): Policy => Object.assign({}, ...parts) as Policy);
const single = fc.tuple(limited, naming).map(([limit, named]): Policy => ({ ...limit, ...named }));
const policies = fc.oneof(
  single,
  fc.tuple(single, single).map(([one, and]): Policy => ({ ...one, and })),
);
const args = fc.record({
  project: fc.constantFrom("p", "q"),
  domain: fc.constantFrom("d", "e"),
  name: fc.constantFrom("a", "b", "x/y"),
  taskName: fc.constantFrom("a", "b", "x/y"),
});
const asked = fc.tuple(fc.constantFrom(...TOOLS), args);

const PATIENCE_MS = 30_000;

describe("a policy", () => {
  it(
    "says of itself what its enforcement does",
    async () => {
      const seen = { allowed: 0, refused: 0 };
      const property = fc.asyncProperty(policies, asked, async (policy, [toolName, given]) => {
        const said = explainPolicy(groups, policy, question(toolName, given)).isAllowed;
        seen[said ? "allowed" : "refused"] += 1;
        expect(await isReached(policy, toolName, given)).toBe(said);
      });
      await fc.assert(property, { numRuns: 250 });
      expect(Math.min(seen.allowed, seen.refused)).toBeGreaterThan(20);
    },
    PATIENCE_MS,
  );

  it(
    "gains no right by another that holds beside it",
    async () => {
      const property = fc.asyncProperty(policies, single, asked, async (policy, and, [toolName, given]) => {
        fc.pre(policy.and === undefined);
        const [alone, both] = [
          await isReached(policy, toolName, given),
          await isReached({ ...policy, and }, toolName, given),
        ];
        expect(both && !alone).toBe(false);
      });
      await fc.assert(property, { numRuns: 120 });
    },
    PATIENCE_MS,
  );

  it(
    "gains no right by one more limit of its own",
    async () => {
      const one = fc.oneof(
        ...Object.entries(limits).map(([key, values]) =>
          (values as fc.Arbitrary<unknown>).map((value) => ({ [key]: value })),
        ),
      );
      const property = fc.asyncProperty(single, one, asked, async (policy, limit, [toolName, given]) => {
        const before = await isReached(policy, toolName, given);
        expect((await isReached({ ...limit, ...policy }, toolName, given)) && !before).toBe(false);
      });
      await fc.assert(property, { numRuns: 120 });
    },
    PATIENCE_MS,
  );

  it(
    "gains by naming tools only those that run inline code, which must be named",
    async () => {
      const property = fc.asyncProperty(limited, naming, asked, async (policy, named, [toolName, given]) => {
        fc.pre(toolName !== "run_script");
        const before = await isReached(policy, toolName, given);
        expect((await isReached({ ...policy, ...named }, toolName, given)) && !before).toBe(false);
      });
      await fc.assert(property, { numRuns: 120 });
      const script = ["run_script", { project: "p", domain: "d", name: "a", taskName: "" }] as const;
      expect(await isReached({ tasks: ["a"] }, ...script)).toBe(false);
      expect(await isReached({ tasks: ["a"], groups: ["script"] }, ...script)).toBe(true);
    },
    PATIENCE_MS,
  );
});
