import { setTimeout as pause } from "node:timers/promises";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { EventPayload } from "@flyte-mcp/idl/workflow/run_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "../../create.ts";
import { string } from "../literals.ts";

const SCOPE = { project: "flytesnacks", domain: "development" };
const sandbox = createSandbox({ paceMs: 8 });
const transport = createRouterTransport(sandbox.routes);
const runs = createClient(RunService, transport);
afterAll(() => sandbox.close());

const run = { ...SCOPE, name: "asks" };

async function until(name: string, phase: ActionPhase) {
  for (;;) {
    const { details } = await runs
      .getActionDetails({ actionId: { run, name } })
      .catch(() => ({ details: undefined }));
    if (details?.status?.phase === phase) return details;
    await pause(5);
  }
}

const ANSWERS: [
  name: string,
  declared: string,
  refused: EventPayload["value"],
  given: EventPayload["value"],
][] = [
  ["c0", "BOOLEAN", { case: "intValue", value: 1n }, { case: "boolValue", value: true }],
  ["c1", "INTEGER", { case: "floatValue", value: 3 }, { case: "intValue", value: 9007199254740993n }],
  ["c2", "FLOAT", { case: "intValue", value: 1n }, { case: "floatValue", value: 0.5 }],
  ["c3", "STRING", { case: "boolValue", value: true }, { case: "stringValue", value: "blue" }],
];

it("waits for a value of each type and takes no other", async () => {
  const taskId = { ...SCOPE, name: "sandbox.ask", version: "v1" };
  await runs.createRun({ id: { case: "runId", value: run }, task: { case: "taskId", value: taskId } });
  for (const [name, declared, refused, given] of ANSWERS) {
    await until(name, ActionPhase.PAUSED);
    const signal = (value: EventPayload["value"]) =>
      runs.signalEvent({ actionId: { run, name }, parentActionName: "a0", payload: { value } });
    await expect(signal(refused)).rejects.toThrow(`does not match declared condition type ${declared}`);
    await signal(given);
  }
  await until("a0", ActionPhase.SUCCEEDED);
  const { outputs } = await createClient(DataProxyService, transport).getActionData({
    actionId: { run, name: "a0" },
  });
  expect(outputs?.literals[0]?.value).toEqual(string("true, 9007199254740993, 0.5, blue"));
});
