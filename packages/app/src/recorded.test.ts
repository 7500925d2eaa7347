import { readFileSync } from "node:fs";
import { fromJson } from "@bufbuild/protobuf";
import type { DescMessage, JsonValue, MessageShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { AppSchema } from "@flyte-mcp/idl/app/app_definition";
import { ListResponseSchema, WatchResponseSchema } from "@flyte-mcp/idl/app/app_payload";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { app } from "./index.ts";

interface Step {
  n: number;
  response: { app: JsonValue };
  error: { message: string };
  messages: {
    message: JsonValue & { createEvent?: { app: JsonValue }; updateEvent?: { updatedApp: JsonValue } };
  }[];
}

/** A recorded conversation with a real control plane that ran these apps. */
const recording = new URL("../../sandbox/fixtures/executing-plane.jsonl", import.meta.url);
const lines = readFileSync(recording, "utf8").trim().split("\n");
const steps = new Map(lines.map((line) => JSON.parse(line) as Step).map((step) => [step.n, step]));
const [UP, FAILED, UNKNOWN, LISTED, SWITCHED, STOPPED] = [76, 79, 80, 81, 84, 86].map((n) => steps.get(n)!);
const events = SWITCHED!.messages.map(({ message }) => message);

const read = <D extends DescMessage>(schema: D, json: unknown): MessageShape<D> =>
  fromJson(schema, json as JsonValue);

/** A plane that gives an app so, takes any update with the answer `updated`, and then tells these events. */
async function play(before: JsonValue, updated: JsonValue = before, told: readonly JsonValue[] = []) {
  const flyte = playFlyte((router) =>
    router.service(AppService, {
      get: () => ({ app: read(AppSchema, before) }),
      update: () => ({ app: read(AppSchema, updated) }),
      list: () => read(ListResponseSchema, LISTED!.response),
      async *watch() {
        for (const event of told) yield read(WatchResponseSchema, event);
      },
    }),
  );
  return connectClient({ groups: [app], flyte });
}

describe("apps as a real plane told of them", () => {
  it("are up, failed and stopped, each with its reason and without its environment", async () => {
    const { answer: up } = await play(UP!.response.app);
    const shop = await up("get_app", { name: "shop" });
    expect(shop).toMatchObject({
      status: "active",
      endpoint: "http://shop-flytesnacks-development.localhost:30081",
      spec: { image: "registry.example/app:1", env: { TOKEN: "***" } },
    });
    expect(JSON.stringify(shop)).not.toContain("not-a-secret");
    const { answer: failed } = await play(FAILED!.response.app);
    expect(await failed("get_app", { name: "shop-fail" })).toMatchObject({
      status: "failed",
      message: "RevisionFailed: container exited 1",
      desired_state: "active",
    });
    const { answer: stopped } = await play(STOPPED!.response.app);
    const rest = await stopped("get_app", { name: "shop" });
    expect(rest).toMatchObject({ status: "stopped", desired_state: "stopped" });
    expect(rest).not.toHaveProperty("endpoint");
  });

  it("are listed by what they are", async () => {
    const { answer } = await play(UP!.response.app);
    const { apps } = (await answer("list_apps")) as { apps: { name: string; status: string }[] };
    expect(apps.map(({ name, status }) => [name, status])).toEqual([
      ["shop-fail", "failed"],
      ["shop", "active"],
    ]);
  });

  it("stop and start as the stream told it", async () => {
    const [up, down, ...later] = events;
    const stoppedApp = down!.updateEvent!.updatedApp;
    const { answer: stop } = await play(up!.createEvent!.app, stoppedApp);
    expect(await stop("deactivate_app", { name: "shop" })).toMatchObject({
      status: "stopped",
      changed: true,
    });
    const { answer: begin } = await play(stoppedApp, stoppedApp, later);
    expect(await begin("activate_app", { name: "shop" })).toMatchObject({
      status: "active",
      changed: true,
      endpoint: "http://shop-flytesnacks-development.localhost:30081",
    });
  });

  it("are missing without a word of the cluster's inside", async () => {
    const flyte = playFlyte((router) =>
      router.service(AppService, {
        get: () => {
          throw new ConnectError(UNKNOWN!.error.message, Code.NotFound);
        },
        list: () => read(ListResponseSchema, LISTED!.response),
      }),
    );
    const { failure } = await connectClient({ groups: [app], flyte });
    const said = await failure("get_app", { name: "shopp" });
    expect(said).toContain('There is no app "shopp" in flytesnacks/development. Did you mean "shop"');
    expect(said).not.toMatch(/KService|knative/);
  });
});
