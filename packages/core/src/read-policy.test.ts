import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isTaskAllowed } from "./policy.ts";
import { readPolicy } from "./read-policy.ts";
import { policySettings } from "./settings/definitions.ts";
import { readSettings } from "./settings/read-settings.ts";
import { isSettingsError } from "./settings/settings-error.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "flyte-mcp-policy-"))));
afterEach(() => rmSync(folder, { recursive: true }));

async function read(text: string, argv: string[] = [], env: Record<string, string> = {}) {
  const path = join(folder, "policy.yaml");
  writeFileSync(path, text);
  const settings = { argv: ["--policy", path, ...argv], env, cwd: folder, home: folder };
  return readPolicy((await readSettings(policySettings, settings)).values);
}

async function refuse(text: string, argv: string[] = []): Promise<string> {
  const error: unknown = await read(text, argv).catch((thrown: unknown) => thrown);
  expect(isSettingsError(error)).toBe(true);
  return (error as Error).message.replace(folder, "");
}

describe("a policy file", () => {
  it("may set every limit", async () => {
    const { and } = await read(
      [
        "$schema: ./policy.schema.json",
        "tool_groups: [task, run]",
        "exclude_tools: [abort_run]",
        "read_only: false",
        "read_only_groups: [run]",
        "task_allowlist:",
        "  - etl.load",
        "app_allowlist: [shop]",
        "trigger_allowlist: [etl.load/nightly]",
      ].join("\n"),
    );
    expect(and).toMatchObject({
      groups: ["task", "run"],
      excludeTools: ["abort_run"],
      readOnly: false,
      readOnlyGroups: ["run"],
      tasks: ["etl.load"],
      apps: ["shop"],
      triggers: ["etl.load/nightly"],
      from: join(folder, "policy.yaml"),
    });
  });

  it("may be JSON, and named by the environment", async () => {
    const path = join(folder, "policy.json");
    writeFileSync(path, '{"tools": ["get_task"]}');
    const { values } = await readSettings(policySettings, { argv: [], env: { FLYTE_MCP_POLICY: path } });
    expect((await readPolicy(values)).and?.tools).toEqual(["get_task"]);
  });

  it("holds beside the options, and neither widens the other", async () => {
    const policy = await read("task_allowlist: [a, b]\nread_only: true", [
      "--task-allowlist",
      "b,c",
      "--no-read-only",
    ]);
    const allowed = ["a", "b", "c"].filter((name) =>
      isTaskAllowed(policy, { domain: "d", project: "p", name }),
    );
    expect(allowed).toEqual(["b"]);
    expect([policy.readOnly, policy.and?.readOnly]).toEqual([false, true]);
  });

  it.each([
    [
      "task_allowlst: [a]",
      'The policy file /policy.yaml: "task_allowlst" is no limit. Did you mean "task_allowlist"',
    ],
    ["taskAllowlist: [a]", '"taskAllowlist" is no limit. Did you mean "task_allowlist"'],
    ["policy: other.yaml", '"policy" is no limit.'],
    ["read_only: 'yes'", "read_only must be a true or false."],
    ["task_allowlist: etl.load", "task_allowlist must be a list."],
    ["task_allowlist:", "task_allowlist must be a list."],
    ["tools: [1]", "tools.0 must be a text."],
    ["tools: ['']", "tools.0 must be given."],
    ["task_allowlist: []", "task_allowlist in /policy.yaml is empty; leave it out, or give name,"],
    ["task_allowlist: ['etl.*']", 'task_allowlist in /policy.yaml has "etl.*"; an entry is name,'],
    ["", "The policy file /policy.yaml: it must hold a mapping such as"],
    ["- a", "it must hold a mapping such as"],
    ["{}", "The policy file /policy.yaml sets no limit."],
    ["$schema: x", "The policy file /policy.yaml sets no limit."],
    ["tools: [", "The policy file /policy.yaml is neither YAML nor JSON:"],
    ["read_only: true\nread_only: false", "The policy file /policy.yaml is neither YAML nor JSON:"],
  ])("is refused as %j", async (text, sentence) => {
    expect(await refuse(text)).toContain(sentence);
  });

  it("that is not there stops the start", async () => {
    const path = join(folder, "none.yaml");
    await expect(readPolicy({ policy: path } as never)).rejects.toThrow(
      `The policy file ${path} cannot be read.`,
    );
  });

  it("is no file when the variable is empty", async () => {
    const settings = { argv: [], env: { FLYTE_MCP_POLICY: "" } };
    await expect(readSettings(policySettings, settings)).rejects.toThrow("FLYTE_MCP_POLICY is set but empty");
  });
});
