import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { Code, ConnectError } from "@connectrpc/connect";
import type { ServiceImpl } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import {
  AppSchema,
  MetaSchema,
  Spec_DesiredState as DesiredState,
  SpecSchema,
  Status_DeploymentStatus as Status,
  Status_Substate as Substate,
} from "@flyte-mcp/idl/app/app_definition";
import type { UpdateRequest } from "@flyte-mcp/idl/app/app_payload";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { app } from "./index.ts";

const id = { project: "flytesnacks", domain: "development", name: "shop" };
const { ACTIVE, STOPPED } = DesiredState;

function appIn(status: Status, at: number, desiredState = ACTIVE, more: object = {}): App {
  const condition = { deploymentStatus: status, lastTransitionTime: { seconds: BigInt(at) }, ...more };
  return create(AppSchema, { metadata: { id }, spec: { desiredState }, status: { conditions: [condition] } });
}

type Apps = Partial<ServiceImpl<typeof AppService>>;

/** A plane whose app is stopped; `answered` is what an update makes of it. */
async function play(answered: App, changes: Apps = {}, before = appIn(Status.STOPPED, 100, STOPPED)) {
  const updates: UpdateRequest[] = [];
  const implementation: Apps = {
    get: () => ({ app: updates.length === 0 ? before : answered }),
    update(request) {
      updates.push(request);
      return { app: answered };
    },
    ...changes,
  };
  const flyte = playFlyte(({ service }) => service(AppService, implementation));
  return { ...(await connectClient({ groups: [app], flyte })), updates };
}

const updated = (updatedApp: App) => ({ event: { case: "updateEvent", value: { updatedApp } } }) as const;
function elsewhere(found: App): App {
  found.metadata = create(MetaSchema, { id: { ...id, project: "testproject" } });
  return found;
}

describe("a switch", () => {
  it("asks for ACTIVE, with a reason, and keeps fields that nobody here knows", async () => {
    const unknown = new BinaryWriter().tag(9_999, WireType.LengthDelimited).string("kept").finish();
    const before = appIn(Status.STOPPED, 100, STOPPED);
    const field = { no: 9_999, wireType: WireType.LengthDelimited, data: unknown.slice(-5) };
    if (before.spec) before.spec.$unknown = [field];
    const { answer, updates } = await play(appIn(Status.ACTIVE, 200), {}, before);
    await answer("activate_app", { name: "shop" });
    expect(updates).toHaveLength(1);
    expect(updates[0]?.app?.spec?.desiredState).toBe(ACTIVE);
    expect(updates[0]?.reason).toBe("Activated by an MCP client");
    const sent = Buffer.from(toBinary(SpecSchema, updates[0]?.app?.spec ?? create(SpecSchema)));
    expect(sent.toString("latin1")).toContain("kept");
  });

  it("is not misled by another app of the same name", async () => {
    const { failure } = await play(appIn(Status.PENDING, 200), {
      async *watch() {
        yield updated(elsewhere(appIn(Status.ACTIVE, 300)));
        yield updated(
          appIn(Status.FAILED, 300, ACTIVE, { message: "no", substate: Substate.IMAGE_PULL_ERROR }),
        );
      },
    });
    expect(await failure("activate_app", { name: "shop" })).toContain(
      'App "shop" failed to start: image pull error: no.',
    );
  });

  it("tells that the app was deleted meanwhile", async () => {
    const { failure } = await play(appIn(Status.PENDING, 200), {
      async *watch() {
        yield { event: { case: "deleteEvent", value: { app: appIn(Status.PENDING, 200) } } };
      },
    });
    expect(await failure("activate_app", { name: "shop" })).toContain("was deleted while this call waited");
  });

  it("sends nothing when somebody else did it after a conflict", async () => {
    let reads = 0;
    const { answer } = await play(appIn(Status.ACTIVE, 200), {
      get: () => ({ app: reads++ === 0 ? appIn(Status.STOPPED, 100, STOPPED) : appIn(Status.ACTIVE, 200) }),
      update: () => {
        throw new ConnectError("revision mismatch", Code.FailedPrecondition);
      },
    });
    expect(await answer("activate_app", { name: "shop" })).toMatchObject({
      status: "active",
      changed: false,
    });
    expect(reads).toBe(2);
  });

  it("passes on why an update is refused", async () => {
    const { failure } = await play(appIn(Status.ACTIVE, 200), {
      update: () => {
        throw new ConnectError("no", Code.PermissionDenied);
      },
    });
    expect(await failure("activate_app", { name: "shop" })).toContain("[permission_denied]");
  });

  it("gives up on a stream that is refused, and survives one that is cut", async () => {
    let watched = 0;
    const { failure } = await play(appIn(Status.PENDING, 200), {
      async *watch() {
        watched += 1;
        yield updated(appIn(Status.PENDING, 200));
        throw new ConnectError("cut", watched === 1 ? Code.Unavailable : Code.PermissionDenied);
      },
    });
    expect(await failure("activate_app", { name: "shop" })).toContain("[permission_denied]");
    expect(watched).toBe(2);
  });
});
