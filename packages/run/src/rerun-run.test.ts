import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { RelationType } from "@flyte-mcp/idl/common/run";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { TaskSpecSource } from "@flyte-mcp/idl/task/run";
import type { RunSpecSchema } from "@flyte-mcp/idl/task/run";
import type { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { CreateRunRequest } from "@flyte-mcp/idl/workflow/run_service";
import type { UploadInputsRequest } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { createSandbox } from "@flyte-mcp/sandbox";
import { run } from "./index.ts";

const integer = { type: { case: "simple", value: SimpleType.INTEGER } } as const;
const id = { project: "flytesnacks", domain: "development", name: "seed.add", version: "v1" };
const variables = ["a", "b"].map((key) => ({ key, value: { type: integer } }));
const spec: MessageInitShape<typeof TaskSpecSchema> = {
  taskTemplate: {
    id,
    interface: { inputs: { variables } },
    target: { case: "container", value: { env: [{ key: "_F_SYS_PATH", value: "./." }] } },
  },
};

function literal(name: string, value: bigint) {
  const primitive = { value: { case: "integer", value } } as const;
  const scalar = { value: { case: "primitive", value: primitive } } as const;
  return { name, value: { value: { case: "scalar", value: scalar } as const } };
}

interface Plane {
  runSpec?: MessageInitShape<typeof RunSpecSchema>;
  /** Whether the inputs can no longer be read. */
  isGone?: boolean;
  phase?: ActionPhase;
}

async function play({ runSpec = {}, isGone = false, phase = ActionPhase.FAILED }: Plane = {}) {
  const created: CreateRunRequest[] = [];
  const uploaded: UploadInputsRequest[] = [];
  const flyte = playFlyte((router) =>
    router
      .service(RunService, {
        getRunDetails({ runId }) {
          if (runId?.name !== "old") throw new ConnectError("run not found", Code.NotFound);
          return { details: { runSpec } };
        },
        getActionDetails: ({ actionId }) => ({
          details:
            actionId?.name === "ask"
              ? { spec: { case: "condition", value: {} } }
              : { spec: { case: "task", value: spec }, status: { phase } },
        }),
        getActionDataURIs: () => ({ inputsUri: "s3://bucket/folder/inputs.pb" }),
        createRun(request) {
          created.push(request);
          return {};
        },
      })
      .service(DataProxyService, {
        getActionData() {
          if (isGone) throw new ConnectError("inputs are gone", Code.NotFound);
          return {
            inputs: { literals: [literal("a", 1n), literal("b", 2n)], context: [{ key: "k", value: "v" }] },
          };
        },
        uploadInputs(request) {
          uploaded.push(request);
          return { offloadedInputData: { uri: "s3://new", inputsHash: "h" } };
        },
      }),
  );
  return { ...(await connectClient({ groups: [run], flyte })), created, uploaded };
}

const valuesOf = (request: UploadInputsRequest | undefined) =>
  request?.inputs?.literals.map(({ name, value }) => {
    const scalar = value?.value.case === "scalar" ? value.value.value.value : undefined;
    return [name, scalar?.case === "primitive" ? scalar.value.value.value : undefined];
  });

describe("rerun_run", () => {
  it("sends the same code and inputs, context included, and says whose rerun it is", async () => {
    const { answer, created, uploaded } = await play();
    const answered = await answer("rerun_run", { run_name: "old" });
    expect(answered).toMatchObject({ rerun_of: "old", task: "seed.add", version: "v1" });
    expect(created[0]?.task).toMatchObject({ case: "taskSpec", value: { taskTemplate: { id } } });
    expect(valuesOf(uploaded[0])).toEqual([
      ["a", 1n],
      ["b", 2n],
    ]);
    expect(uploaded[0]?.inputs?.context).toMatchObject([{ key: "k", value: "v" }]);
    expect(created[0]?.runSpec?.relation).toMatchObject({
      relatedTo: { name: "old", project: "flytesnacks", domain: "development" },
      relationType: RelationType.RERUN,
    });
  });

  it("changes inputs by name and leaves the others", async () => {
    const { answer, uploaded } = await play();
    await answer("rerun_run", { run_name: "old", inputs: { a: 7 } });
    expect(valuesOf(uploaded[0])).toEqual([
      ["a", 7n],
      ["b", 2n],
    ]);
  });

  it("launches nothing for wrong changes, and names them all", async () => {
    const { failure, created } = await play();
    expect(await failure("rerun_run", { run_name: "old", inputs: { a: "x", bb: 1 } })).toMatch(
      /No run was created.*a: .*; bb: unknown input, did you mean b\?.*seed\.add\(a: int, b: int\)/,
    );
    expect(created).toEqual([]);
  });

  it("inherits options, but nothing that belonged to the earlier run alone", async () => {
    const { answer, created } = await play({
      runSpec: {
        labels: { values: { team: "x" } },
        envs: {
          values: [
            { key: "_F_SYS_PATH", value: "./." },
            { key: "LEVEL", value: "info" },
          ],
        },
        interruptible: true,
        runStartTime: { seconds: 1n },
        clusterPool: "pool",
        relation: { relationType: RelationType.SPAWN },
        recover: { forceRerunActions: ["a1"] },
        defaultSettings: { podTemplateName: "t" },
      },
    });
    await answer("rerun_run", { run_name: "old", labels: { team: "y" } });
    const sent = created[0]?.runSpec;
    expect(sent).toMatchObject({
      labels: { values: { team: "y" } },
      envs: { values: [{ key: "LEVEL", value: "info" }] },
      interruptible: true,
      clusterPool: "",
    });
    expect([sent?.runStartTime, sent?.recover, sent?.defaultSettings]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("refers to the version where the run was of a deployed one", async () => {
    const { answer, created } = await play({ runSpec: { taskSpecSource: TaskSpecSource.DEPLOYED } });
    await answer("rerun_run", { run_name: "old" });
    expect(created[0]?.task).toMatchObject({ case: "taskId", value: id });
    expect(created[0]?.runSpec?.taskSpecSource).toBe(TaskSpecSource.UNSPECIFIED);
  });

  it("recovers nothing of a run that goes on", async () => {
    const { failure, created } = await play({ phase: ActionPhase.RUNNING });
    expect(await failure("rerun_run", { run_name: "old", recover: true })).toContain(
      "run old has not ended (running), so there is nothing to recover",
    );
    expect(created).toEqual([]);
  });

  it("recovers from what failed", async () => {
    const { answer, created } = await play();
    const given = { run_name: "old", recover: true, force_rerun_actions: ["a3"] };
    expect(await answer("rerun_run", given)).toMatchObject({
      message: expect.stringContaining("cannot recover"),
    });
    expect(created[0]?.runSpec).toMatchObject({
      relation: { relationType: RelationType.RECOVER },
      recover: { forceRerunActions: ["a3"] },
    });
  });

  it("passes inputs on that nobody can read, by the folder that they lie in", async () => {
    const { answer, created } = await play({ isGone: true });
    await answer("rerun_run", { run_name: "old" });
    expect(created[0]?.inputWrapper).toMatchObject({
      case: "offloadedInputData",
      value: { uri: "s3://bucket/folder", inputsHash: expect.stringMatching(/^[\w-]{11}$/) },
    });
  });

  it("asks for all inputs when some are changed and the rest is gone", async () => {
    const { failure, answer } = await play({ isGone: true });
    expect(await failure("rerun_run", { run_name: "old", inputs: { a: 7 } })).toContain(
      "b: missing required input of type int. The inputs of the earlier run cannot be read",
    );
    expect(
      await answer("rerun_run", { run_name: "old", inputs: { a: 7, b: 8 }, dry_run: true }),
    ).toMatchObject({
      dry_run: true,
      inputs: { a: 7, b: 8 },
    });
  });

  it.each([
    [{ action_name: "ask" }, "Action ask of run old has no task that could run again."],
    [{ recover: true, action_name: "c0" }, "recover repeats a whole run"],
    [{ force_rerun_actions: ["a1"] }, "force_rerun_actions needs recover: true"],
    [{ new_run_name: "old" }, "Nothing was launched: run old exists, and is of something else."],
    [{ new_run_name: "Bad_Name" }, "new_run_name: a run name has"],
  ])("refuses %j", async (given, message) => {
    const { failure, created } = await play();
    expect(await failure("rerun_run", { run_name: "old", ...given })).toContain(message);
    expect(created).toEqual([]);
  });

  it("is launched once for a key", async () => {
    const sandbox = createSandbox({ paceMs: 5 });
    const { answer, failure } = await connectClient({ groups: [run], flyte: playFlyte(sandbox.routes) });
    const again = { run_name: "demo-add-1", inputs: { a: 1 }, idempotency_key: "once" };
    const { name } = await answer("rerun_run", again);
    expect(await answer("rerun_run", again)).toMatchObject({ name, already_exists: true });
    expect(await failure("rerun_run", { ...again, inputs: { a: 2 } })).toContain("is of something else");
    await sandbox.close();
  });

  it("works on the sandbox, from a failed run to its rerun with another input", async () => {
    const sandbox = createSandbox({ paceMs: 5 });
    const { answer, failure } = await connectClient({ groups: [run], flyte: playFlyte(sandbox.routes) });
    const { name } = await answer("rerun_run", { run_name: "demo-add-1", inputs: { a: 100 } });
    await answer("wait_for_run", { name });
    expect(await answer("get_run_io", { name })).toMatchObject({ phase: "succeeded", inputs: { a: 100 } });
    expect(await failure("rerun_run", { run_name: "demo-ad-1" })).toContain('Did you mean "demo-add-1"');
    const runs = createClient(RunService, createRouterTransport(sandbox.routes));
    const { details } = await runs.getRunDetails({
      runId: { project: "flytesnacks", domain: "development", name: String(name) },
    });
    expect(details?.runSpec?.relation?.relatedTo?.name).toBe("demo-add-1");
    await sandbox.close();
  });
});
