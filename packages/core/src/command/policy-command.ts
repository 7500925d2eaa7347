import type { ToolGroup } from "../contract.ts";
import { explainPolicy } from "../explain-policy.ts";
import type { PolicyAnswer } from "../explain-policy.ts";
import type { Ruling } from "../judge-tool.ts";
import type { Policy, TaskRef } from "../policy.ts";
import { readPolicy } from "../read-policy.ts";
import { selectTools } from "../select-tools.ts";
import type { policySettings } from "../settings/definitions.ts";
import { runCommand } from "../settings/read-command.ts";
import type { Settings } from "../settings/read-settings.ts";
import { flag, text } from "../settings/setting-kinds.ts";
import type { SettingsShape } from "../settings/setting-kinds.ts";
import { createSettingsError } from "../settings/settings-error.ts";

export interface PolicyCommand<S extends SettingsShape> {
  /** The program's name. */
  name: string;
  version: string;
  shape: S;
  print(text: string): void;
  /** The groups that the server would compose. */
  createGroups(values: Settings<S>["values"]): Promise<readonly ToolGroup[]>;
  /** The policy that it would hold them to; that of the settings when left out. */
  readPolicy?(values: Settings<S>["values"]): Promise<Policy>;
}

const questions = {
  tool: text({ description: "The tool to ask about.", value: "NAME" }),
  task: text({ description: "A task that it would touch, or whose run.", value: "DOMAIN/PROJECT/NAME" }),
  app: text({ description: "An app that it would touch.", value: "NAME" }),
  trigger: text({ description: "A trigger that it would touch.", value: "TASK/NAME" }),
  json: flag({ description: "Answer in JSON." }),
};

type Question = Settings<typeof questions>["values"] & { project?: string; domain?: string };

const ABOUT =
  "Says whether the policy lets a tool exist and touch something, and which rule decides; exits with 1 where it is refused.";

/** Runs `policy explain`: the same settings as the server's, and a question to their policy. */
export async function runPolicyCommand<S extends SettingsShape>(
  { name, version, shape, print, createGroups, readPolicy: read = readOwn }: PolicyCommand<S>,
  [verb, ...argv]: readonly string[],
): Promise<void> {
  const isKnown = verb === "explain";
  await runCommand(
    {
      name: `${name} policy explain`,
      version,
      intro: ABOUT,
      shape: { ...questions, ...shape },
      print,
      async serve(values) {
        if (!isKnown)
          throw createSettingsError(`"policy" is followed by "explain": ${name} policy explain --tool NAME.`);
        const groups = await createGroups(values as never);
        const policy = await read(values as never);
        const answer = answerQuestion(groups, policy, values as unknown as Question);
        print(describeAnswer(answer, values as unknown as Question));
        if (!answer.isAllowed) process.exitCode = 1;
      },
    },
    isKnown ? argv : argv.filter((arg) => arg === "--help"),
  );
}

const readOwn = (values: unknown): Promise<Policy> =>
  readPolicy(values as Settings<typeof policySettings>["values"]);

function answerQuestion(groups: readonly ToolGroup[], policy: Policy, asked: Question): PolicyAnswer {
  const { tool, app, trigger } = asked;
  if (tool === undefined) throw createSettingsError("--tool NAME is missing.");
  // What would stop the server's start is no policy to ask.
  selectTools(groups, policy);
  const task = asked.task === undefined ? undefined : readTask(asked.task, asked);
  return explainPolicy(groups, policy, {
    tool,
    task,
    app,
    trigger: trigger === undefined ? undefined : readTrigger(trigger, asked),
  });
}

/** `name` and `project/name` in the configured place, or `domain/project/name`. */
function readTask(entry: string, { project, domain }: Question): TaskRef {
  const [first = "", second, ...rest] = entry.split("/");
  const whole = rest.length > 0 ? { domain: first, project: second, name: rest.join("/") } : undefined;
  const near =
    second === undefined ? { domain, project, name: first } : { domain, project: first, name: second };
  const task = whole ?? near;
  if (task.project === undefined || task.domain === undefined) {
    throw createSettingsError(
      `Where is the task ${entry}? Give domain/project/name, or --project and --domain.`,
    );
  }
  return { project: task.project, domain: task.domain, name: task.name };
}

function readTrigger(entry: string, asked: Question) {
  const cut = entry.lastIndexOf("/");
  if (cut < 1) throw createSettingsError(`--trigger ${entry} needs its task: TASK/NAME.`);
  const { project, domain, name } = readTask(entry.slice(0, cut), asked);
  return { project, domain, taskName: name, name: entry.slice(cut + 1) };
}

function describeAnswer(answer: PolicyAnswer, { tool = "", json }: Question): string {
  const refusing = answer.rulings.find(({ isAllowed }) => !isAllowed);
  if (json)
    return JSON.stringify({ allowed: answer.isAllowed, decided_by: refusing?.rule, rules: answer.rulings });
  const verdict = refusing ? `refused by ${describeRuling(refusing)}` : "allowed";
  const others = answer.rulings.filter((ruling) => ruling !== refusing);
  const noRule = answer.rulings.length === 0 ? ["  no rule is in force on it"] : [];
  return [
    `${tool}: ${verdict}`,
    ...others.map((ruling) => `  ${ruling.isAllowed ? "allowed" : "refused"} by ${describeRuling(ruling)}`),
    ...noRule,
  ].join("\n");
}

function describeRuling({ rule, from, reason }: Ruling): string {
  return `${rule}${from === undefined ? "" : ` (${from})`}: ${reason}`;
}
