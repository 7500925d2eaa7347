import { create } from "@bufbuild/protobuf";
import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  FixedRateUnit,
  TriggerAutomationSpecSchema,
  TriggerAutomationSpecType as Type,
} from "@flyte-mcp/idl/task/common";
import { describeAutomation } from "./describe-automation.ts";

type Init = MessageInitShape<typeof TriggerAutomationSpecSchema>;

function cron(expression: string, timezone = ""): Init {
  const value = { expression: { case: "cron", value: { expression, timezone } } } as const;
  return { type: Type.TYPE_SCHEDULE, automation: { case: "schedule", value } };
}

function rate(value: number, unit: FixedRateUnit, seconds?: bigint): Init {
  const startTime = seconds === undefined ? {} : { startTime: { seconds } };
  const expression = { case: "rate", value: { value, unit, ...startTime } } as const;
  return { type: Type.TYPE_SCHEDULE, automation: { case: "schedule", value: { expression } } };
}

function artifact(value: { artifactName: string; version?: string; inputArg?: string }): Init {
  return { type: Type.TYPE_ARTIFACT, automation: { case: "artifact", value } };
}

it.each<[string, Init]>([
  ["none", { type: Type.TYPE_NONE }],
  ["cron: 0 3 * * * (UTC)", cron("0 3 * * *")],
  ["cron: 0 * * * * (Europe/London)", cron("0 * * * *", "Europe/London")],
  [
    "cron: @daily",
    {
      type: Type.TYPE_SCHEDULE,
      automation: { case: "schedule", value: { expression: { case: "cronExpression", value: "@daily" } } },
    },
  ],
  ["every 1 hour starting at now", rate(1, FixedRateUnit.HOUR)],
  ["every 2 days starting at now", rate(2, FixedRateUnit.DAY)],
  ["every 90 minutes starting at 2030-01-01 00:00:00", rate(90, FixedRateUnit.MINUTE, 1_893_456_000n)],
  ["schedule: unset", { type: Type.TYPE_SCHEDULE, automation: { case: "schedule", value: {} } }],
  ["on artifact: model", artifact({ artifactName: "model" })],
  ["on artifact: model@3 -> data", artifact({ artifactName: "model", version: "3", inputArg: "data" })],
  ["TYPE_UNSPECIFIED", {}],
  ["TYPE_9", { type: 9 as Type }],
])("says %s", (line, init) => {
  expect(describeAutomation(create(TriggerAutomationSpecSchema, init))).toBe(line);
});
