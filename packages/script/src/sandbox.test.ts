import { toJsonString } from "@bufbuild/protobuf";
import { setTimeout as pause } from "node:timers/promises";
import { createFlyte } from "@flyte-mcp/core";
import { connectClient } from "@flyte-mcp/core/testing";
import { createClient } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService, GetActionDataResponseSchema } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { RunDetailsSchema } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { fromNamedLiterals } from "@flyte-mcp/literals";
import { startSandbox } from "@flyte-mcp/sandbox";
import type { SandboxServer } from "@flyte-mcp/sandbox";
import { script } from "./index.ts";

const PLACE = { project: "flytesnacks", domain: "development" };
const SCRIPT = '# /// script\n# dependencies = ["httpx", "rich"]\n# ///\nprint("{{x}}")\n';
const CANARY = "canary-of-the-plane";

let plane: SandboxServer;
beforeAll(async () => (plane = await startSandbox({ paceMs: 8 })));
afterAll(() => plane.close());

/** Runs a script to its end: its phase, what it was given and gave, and its log. */
async function follow(args: Record<string, unknown>) {
  const flyte = createFlyte({ endpoint: plane.url, ...PLACE });
  const client = await connectClient({ groups: [script()], flyte });
  const { name } = await client.answer("run_uv_script_remote", { script: SCRIPT, ...args });
  const actionId = { run: { ...PLACE, name: String(name) }, name: "a0" };
  const runs = createClient(RunService, flyte.transport);
  let details;
  do {
    await pause(10);
    ({ details } = await runs.getActionDetails({ actionId }));
  } while ((details?.status?.phase ?? 0) < ActionPhase.SUCCEEDED);
  const data = createClient(DataProxyService, flyte.transport);
  const { inputs, outputs } = await data.getActionData({ actionId });
  const lines: string[] = [];
  for await (const { logs } of data.tailLogs({ actionId, attempt: 1 }))
    for (const { lines: more } of logs) lines.push(...more.map(({ message }) => message));
  await client.close();
  const { values: given } = fromNamedLiterals(inputs?.literals ?? []);
  const { values: gave } = fromNamedLiterals(outputs?.literals ?? []);
  return { phase: ActionPhase[details?.status?.phase ?? 0], given, gave, lines };
}

it("runs a script that describes itself, and gives the end of what it printed", async () => {
  const { phase, given, gave, lines } = await follow({
    args: ["--n", "{{3}}"],
    resources: { cpu: 2 },
    env_vars: { LEVEL: "debug" },
  });
  expect(phase).toBe("SUCCEEDED");
  expect(given).toEqual({ args: ["--n", "{{3}}"], script: SCRIPT });
  expect(gave).toEqual({ o0: 'the script was started with args ["--n","{{3}}"]\n' });
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringContaining("script: 69 bytes, 4 lines"),
      expect.stringContaining('dependencies: ["httpx", "rich"]'),
      expect.stringContaining("image: ghcr.io/flyteorg/flyte:py3.12-v2.12.1"),
      expect.stringContaining('the script was started with args ["--n","{{3}}"]'),
    ]),
  );
});

it("runs one by its own image, whose runner gives an exit code, too", async () => {
  const { phase, given, gave } = await follow({ image: "registry.test/uvimg:1", timeout_s: 60 });
  expect([phase, given]).toEqual(["SUCCEEDED", { args: [], task_timeout: 120 }]);
  expect(gave).toEqual({ o0: { exit_code: 0, stdout: "the script was started with args []\n" } });
});

it("says that there is no such project before anything is uploaded", async () => {
  const flyte = createFlyte({ endpoint: plane.url, ...PLACE });
  const client = await connectClient({ groups: [script()], flyte });
  expect(await client.failure("run_uv_script_remote", { script: SCRIPT, project: "flytesnack" })).toContain(
    'There is no project "flytesnack". Did you mean "flytesnacks"?',
  );
  await client.close();
});

it("lets neither the token of the server nor the value of a secret travel with the run", async () => {
  const flyte = createFlyte({ endpoint: plane.url, ...PLACE, accessToken: CANARY });
  const client = await connectClient({ groups: [script()], flyte });
  const secrets = createClient(SecretService, flyte.transport);
  const value = { case: "stringValue", value: CANARY } as const;
  await secrets.createSecret({ id: { ...PLACE, name: "openai" }, secretSpec: { value } });
  const { name } = await client.answer("run_uv_script_remote", {
    script: SCRIPT,
    secrets: { OPENAI_API_KEY: "openai" },
  });
  const run = { ...PLACE, name: String(name) };
  const { details } = await createClient(RunService, flyte.transport).getRunDetails({ runId: run });
  const data = createClient(DataProxyService, flyte.transport);
  const given = await data.getActionData({ actionId: { run, name: "a0" } });
  const all = [
    toJsonString(RunDetailsSchema, details!),
    toJsonString(GetActionDataResponseSchema, given),
  ].join();
  expect(all).toContain('"OPENAI_API_KEY"');
  expect(all).toContain("dependencies");
  expect(all).not.toContain(CANARY);
  await client.close();
});
