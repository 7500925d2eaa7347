import type { MessageInitShape } from "@bufbuild/protobuf";
import { create, toBinary } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { TriggerNameSchema } from "@flyte-mcp/idl/common/identifier";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { FixedRateUnit, InputsSchema, TriggerAutomationSpecSchema } from "@flyte-mcp/idl/task/common";
import { TriggerSpecSchema } from "@flyte-mcp/idl/trigger/trigger_definition";
import { plusMs } from "../clock.ts";
import { integer } from "../executor/literals.ts";
import type { Plane } from "../plane.ts";
import { STORAGE_PREFIX } from "../plane.ts";
import { readAutomation, saveTrigger } from "../services/deploy-trigger.ts";
import { hashInputs } from "../wire/inputs-hash.ts";
import { SEED_SCOPE } from "./specs.ts";

const HOUR_MS = 3_600_000;

interface SeedTrigger {
  name: string;
  taskName: string;
  spec: MessageInitShape<typeof TriggerSpecSchema>;
  automation?: MessageInitShape<typeof TriggerAutomationSpecSchema>["automation"];
  /** It last fired at this hour of the day, in UTC. */
  firedAtHour?: number;
}

/** One trigger that fires every night, a paused one whose inputs lie in the store, and one that only people start. */
export function seedTriggers(plane: Plane): void {
  listTriggers(plane).forEach((trigger) => storeTrigger(plane, trigger));
}

function listTriggers(plane: Plane): SeedTrigger[] {
  const nightly = { cron: { expression: "0 3 * * *", timezone: "UTC" } };
  const rate = { value: 2, unit: FixedRateUnit.HOUR };
  return [
    {
      ...{ name: "nightly", taskName: "seed.add", firedAtHour: 3 },
      spec: {
        ...{
          active: true,
          description: "Adds every night.",
          runSpec: { labels: { values: { team: "data" } } },
        },
        inputWrapper: { case: "inputs", value: inputsOf({ a: 40n, b: 2n }) },
      },
      automation: schedule({ expression: { case: "cron", value: nightly.cron } }),
    },
    {
      ...{ name: "every-two-hours", taskName: "seed.add" },
      spec: {
        inputWrapper: { case: "offloadedInputData", value: offload(plane, inputsOf({ a: 7n, b: 5n })) },
      },
      automation: schedule({ expression: { case: "rate", value: rate } }),
    },
    {
      ...{ name: "on-demand", taskName: "seed.fan_out" },
      spec: { active: true, inputWrapper: { case: "inputs", value: inputsOf({ n: 2n }) } },
    },
  ];
}

function storeTrigger(plane: Plane, { spec, automation, firedAtHour, ...named }: SeedTrigger): void {
  const now = plane.clock();
  const then = { ...plane, clock: () => plusMs(now, -72 * HOUR_MS) };
  const row = saveTrigger(
    then,
    create(TriggerNameSchema, { ...SEED_SCOPE, ...named }),
    create(TriggerSpecSchema, { ...spec, taskVersion: "v2" }),
    readAutomation(named.name, automation && create(TriggerAutomationSpecSchema, { automation })),
  );
  if (firedAtHour !== undefined) row.triggeredAt = lastAt(firedAtHour, now);
}

/** The last time that it was this full hour of the day in UTC. */
function lastAt(hour: number, { seconds }: Timestamp): Timestamp {
  const since = (seconds - BigInt(hour * 3_600)) % 86_400n;
  return create(TimestampSchema, { seconds: seconds - since });
}

type Automation = NonNullable<SeedTrigger["automation"]>;

function schedule(value: Extract<Automation, { case: "schedule" }>["value"]): Automation {
  return { case: "schedule", value };
}

function inputsOf(args: Record<string, bigint>): Inputs {
  const literals = Object.entries(args).map(([name, value]) => ({ name, value: integer(value) }));
  return create(InputsSchema, { literals });
}

/** Puts inputs into the store as UploadInputs does. */
function offload(plane: Plane, inputs: Inputs) {
  const inputsHash = hashInputs(inputs);
  const { project, domain } = SEED_SCOPE;
  const uri = [STORAGE_PREFIX, "uploads", project, domain, "offloaded-inputs", inputsHash].join("/");
  plane.state.blobs[`${uri}/inputs.pb`] = toBinary(InputsSchema, inputs);
  return { uri, inputsHash };
}
