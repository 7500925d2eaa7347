import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import type { ListTriggersRequest } from "@flyte-mcp/idl/trigger/trigger_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { trigger } from "./index.ts";

const sandbox = createSandbox({ execute: false });
afterAll(() => sandbox.close());

const open = (policy = {}) => connectClient({ groups: [trigger], flyte: playFlyte(sandbox.routes), policy });

const namesIn = ({ triggers }: Record<string, unknown>) =>
  (triggers as { name: string }[]).map(({ name }) => name);

/** A plane of `count` triggers, of which every third is active. */
async function playMany(count: number) {
  const requests: ListTriggersRequest[] = [];
  const flyte = playFlyte(({ service }) =>
    service(TriggerService, {
      listTriggers(request) {
        requests.push(request);
        const { limit = 0, token = "" } = request.request ?? {};
        const begin = Number(token);
        const triggers = Array.from({ length: Math.min(limit, count - begin) }, (_, index) => ({
          id: { name: { name: `t${begin + index}`, taskName: "seed.add" } },
          active: (begin + index) % 3 === 0,
        }));
        return { triggers, token: triggers.length === limit ? String(begin + limit) : "" };
      },
    }),
  );
  return { ...(await connectClient({ groups: [trigger], flyte })), requests };
}

describe("list_triggers", () => {
  it("says what starts each and whether it is active", async () => {
    const { answer } = await open();
    const url = "http://console.test/v2/domain/development/project/flytesnacks/triggers";
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    expect(await answer("list_triggers")).toEqual({
      triggers: [
        {
          name: "on-demand",
          task_name: "seed.fan_out",
          active: true,
          automation: "none",
          deployed_at: at,
          url: `${url}/seed.fan_out/on-demand`,
        },
        {
          name: "every-two-hours",
          task_name: "seed.add",
          active: false,
          automation: "every 2 hours starting at now",
          deployed_at: at,
          url: `${url}/seed.add/every-two-hours`,
        },
        {
          name: "nightly",
          task_name: "seed.add",
          active: true,
          automation: "cron: 0 3 * * * (UTC)",
          last_triggered_at: at,
          deployed_at: at,
          url: `${url}/seed.add/nightly`,
        },
      ],
    });
  });

  it("lists those of one task, and only active or paused ones", async () => {
    const { answer } = await open();
    expect(namesIn(await answer("list_triggers", { task_name: "seed.fan_out" }))).toEqual(["on-demand"]);
    expect(namesIn(await answer("list_triggers", { active: false }))).toEqual(["every-two-hours"]);
    expect(namesIn(await answer("list_triggers", { active: true }))).toEqual(["on-demand", "nightly"]);
  });

  it("fills its limit although the filter drops rows, by pages that Flyte takes", async () => {
    const { answer, requests } = await playMany(1000);
    expect(namesIn(await answer("list_triggers", { active: true, limit: 120 }))).toHaveLength(120);
    expect(Math.max(...requests.map(({ request }) => request?.limit ?? 0))).toBe(100);
    expect(requests[0]?.request).toMatchObject({
      sortBy: { key: "updated_at" },
      sortByFields: [{ key: "updated_at" }],
    });
  });

  it("goes on where an earlier answer ended", async () => {
    const { answer } = await open();
    const first = await answer("list_triggers", { limit: 2 });
    expect(namesIn(await answer("list_triggers", { limit: 2, token: first["next_token"] }))).toEqual([
      "nightly",
    ]);
  });

  it("shows only what the policy allows", async () => {
    const { answer } = await open({ triggers: ["seed.add/nightly", "on-demand"], tasks: ["seed.add"] });
    expect(namesIn(await answer("list_triggers", { limit: 1 }))).toEqual(["nightly"]);
  });

  it("is empty for a task without triggers, but fails for one that is not there", async () => {
    const { answer, failure } = await open();
    expect(await answer("list_triggers", { task_name: "seed.slow" })).toEqual({ triggers: [] });
    expect(await failure("list_triggers", { task_name: "seed.ad" })).toContain(
      'There is no task "seed.ad" in flytesnacks/development. Did you mean "seed.add"?',
    );
    expect(await failure("list_triggers", { project: "flytesnack" })).toContain(
      'There is no project "flytesnack". Did you mean "flytesnacks"?',
    );
  });

  it.each([
    [0, "limit: must be at least 1"],
    [-1, "limit: must be at least 1"],
    [1e9, "limit: must be at most 500"],
  ])("refuses the limit %s", async (limit, message) => {
    const { failure } = await open();
    expect(await failure("list_triggers", { limit })).toContain(message);
  });
});
