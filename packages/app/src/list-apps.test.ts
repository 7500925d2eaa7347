import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { AppSchema } from "@flyte-mcp/idl/app/app_definition";
import type { ListRequest } from "@flyte-mcp/idl/app/app_payload";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { app } from "./index.ts";

const open = (policy = {}) =>
  connectClient({ groups: [app], flyte: playFlyte(createSandbox().routes), policy });

const namesOf = ({ apps }: Record<string, unknown>) => (apps as { name: string }[]).map(({ name }) => name);

/** A plane with `count` apps in the order of their names, the first the oldest, in pages. */
async function playMany(count: number) {
  const requests: ListRequest[] = [];
  const rows = Array.from({ length: count }, (_, index): MessageInitShape<typeof AppSchema> => ({
    metadata: { id: { project: "flytesnacks", domain: "development", name: `app-${index}` } },
    status: { createdAt: { seconds: BigInt(1_700_000_000 + index) } },
  }));
  const flyte = playFlyte(({ service }) =>
    service(AppService, {
      list(asked) {
        requests.push(asked);
        const { limit = 0, token = "" } = asked.request ?? {};
        const end = Number(token) + limit;
        return { apps: rows.slice(Number(token), end), token: end < count ? String(end) : "" };
      },
    }),
  );
  return { ...(await connectClient({ groups: [app], flyte })), requests };
}

describe("list_apps", () => {
  it("answers one small row an app, newest first, those without a time last", async () => {
    const { answer } = await open();
    const said = await answer("list_apps");
    expect(namesOf(said)).toEqual(["forecast-fail", "dashboard", "labeling"]);
    expect((said as { apps: unknown[] }).apps[0]).toEqual({
      name: "forecast-fail",
      status: "failed",
      message: "RevisionFailed: container exited 1",
      desired_state: "active",
      endpoint: "http://forecast-fail-flytesnacks-development.localhost:30081",
      url: "http://console.test/v2/domain/development/project/flytesnacks/apps/forecast-fail",
      created_at: expect.any(String),
    });
    expect(said).not.toHaveProperty("next_token");
  });

  it("filters by status", async () => {
    const { answer, failure } = await open();
    expect(namesOf(await answer("list_apps", { status: ["stopped"] }))).toEqual(["labeling"]);
    expect(namesOf(await answer("list_apps", { status: ["active", "failed"] }))).toEqual([
      "forecast-fail",
      "dashboard",
    ]);
    expect(await failure("list_apps", { status: ["up"] })).toContain("in_progress");
  });

  it("hides apps off the list before it counts", async () => {
    const { answer } = await open({ apps: ["labeling", "dashboard"] });
    const first = await answer("list_apps", { limit: 1 });
    expect(namesOf(first)).toEqual(["dashboard"]);
    expect(namesOf(await answer("list_apps", { limit: 1, token: first["next_token"] }))).toEqual([
      "labeling",
    ]);
  });

  it("sorts what Flyte does not, over all pages, and goes on by its token", async () => {
    const { answer, requests } = await playMany(150);
    const first = await answer("list_apps", { limit: 2 });
    expect(first).toMatchObject({ next_token: "2" });
    expect(namesOf(first)).toEqual(["app-149", "app-148"]);
    expect(namesOf(await answer("list_apps", { limit: 2, token: "148" }))).toEqual(["app-1", "app-0"]);
    expect(requests[0]).toMatchObject({
      filterBy: { case: "project", value: { name: "flytesnacks", domain: "development" } },
      request: { limit: 100, sortByFields: [{ key: "created_at" }] },
    });
  });

  it("says that it looked through a thousand only, and keeps a full answer small", async () => {
    const { answer } = await playMany(1_100);
    const said = await answer("list_apps");
    expect(said["note"]).toBe("There are more than 1000 apps; only so many were looked through.");
    expect(JSON.stringify(said).length).toBeLessThan(10_000);
  });

  it("refuses a token of something else, and names a project that is not there", async () => {
    const { failure } = await open();
    expect(await failure("list_apps", { token: "eyJ2Ijoi" })).toBe(
      "The token is not one that list_apps gave. Leave it out to begin at the newest. [invalid_argument]",
    );
    expect(await failure("list_apps", { project: "flytesnaks" })).toContain(
      'There is no project "flytesnaks".',
    );
  });
});
