import { timestampDate } from "@bufbuild/protobuf/wkt";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { createSandbox } from "../create.ts";
import { SEED_SCOPE } from "./specs.ts";

it.each([
  ["2026-11-23T02:59:59Z", "2026-11-22T03:00:00.000Z"],
  ["2026-11-23T03:00:00Z", "2026-11-23T03:00:00.000Z"],
  ["2026-11-23T23:15:00Z", "2026-11-23T03:00:00.000Z"],
])("at %s the nightly trigger has last fired when its schedule says", async (now, fired) => {
  const sandbox = createSandbox({ now: () => new Date(now) });
  const triggers = createClient(TriggerService, createRouterTransport(sandbox.routes));
  const name = { ...SEED_SCOPE, taskName: "seed.add", name: "nightly" };
  const { trigger } = await triggers.getTriggerDetails({ name });
  expect(timestampDate(trigger!.status!.triggeredAt!).toISOString()).toBe(fired);
  await sandbox.close();
});
