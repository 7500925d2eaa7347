import { create } from "@bufbuild/protobuf";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { RelationType } from "@flyte-mcp/idl/common/run";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { UploadInputsRequest } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { RunSpecSchema } from "@flyte-mcp/idl/task/run";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { TriggerDetailsSchema } from "@flyte-mcp/idl/trigger/trigger_definition";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { CreateRunRequest } from "@flyte-mcp/idl/workflow/run_service";
import { trigger } from "./index.ts";

const variables = [
  { key: "start", value: { type: { type: { case: "simple", value: SimpleType.DATETIME } } } },
  { key: "x", value: { type: { type: { case: "simple", value: SimpleType.INTEGER } } } },
] as const;
const hourly = { task_name: "etl.load", trigger_name: "hourly" };
const name = { project: "flytesnacks", domain: "development", taskName: "etl.load", name: "hourly" };
const KICKOFF = { key: "_u_kickoff_time_input_arg", value: "start" };

const seven = { value: { case: "primitive", value: { value: { case: "integer", value: 7n } } } } as const;
const literals = [{ name: "x", value: { value: { case: "scalar", value: seven } } }] as const;

interface Plane {
  runSpec?: MessageInitShape<typeof RunSpecSchema>;
  takesUploads?: boolean;
  /** Whether the inputs lie in the store, so that the trigger does not show them. */
  isOffloaded?: boolean;
}

/** A plane with a trigger that gets its start time as the input `start`, as the Python SDK deploys one. */
async function play({ runSpec = {}, takesUploads = true, isOffloaded = false }: Plane = {}) {
  const created: CreateRunRequest[] = [];
  const uploaded: UploadInputsRequest[] = [];
  const context = [{ key: "ctx", value: "v" }, KICKOFF];
  const details = create(TriggerDetailsSchema, {
    spec: {
      ...{ active: true, taskVersion: "v3", runSpec },
      inputWrapper: isOffloaded
        ? { case: "offloadedInputData", value: { uri: "s3://kept/inputs.pb", inputsHash: "kept-hash" } }
        : { case: "inputs", value: { literals: [...literals], context } },
    },
    automationSpec: { automation: { case: "schedule", value: { kickoffTimeInputArg: "start" } } },
  });
  const flyte = playFlyte(({ service }) => {
    service(TriggerService, { getTriggerDetails: () => ({ trigger: details }) });
    service(TaskService, {
      getTaskDetails({ taskId }) {
        if (taskId?.version !== "v3") throw new ConnectError("another version", Code.NotFound);
        return {
          details: { spec: { taskTemplate: { interface: { inputs: { variables: [...variables] } } } } },
        };
      },
    });
    service(RunService, {
      createRun(request) {
        created.push(request);
        return {};
      },
    });
    if (!takesUploads) return;
    service(DataProxyService, {
      uploadInputs(request) {
        uploaded.push(request);
        return { offloadedInputData: { uri: "s3://new", inputsHash: "new-hash" } };
      },
    });
  });
  return { ...(await connectClient({ groups: [trigger], flyte })), created, uploaded };
}

const keysOf = (request: UploadInputsRequest | undefined) => ({
  inputs: request?.inputs?.literals.map((literal) => literal.name),
  context: request?.inputs?.context.map(({ key, value }) => ({ key, value })),
});

describe("what run_trigger sends", () => {
  it("names the trigger, and uploads inputs anew since planes restore only stored ones", async () => {
    const { answer, created, uploaded } = await play();
    await answer("run_trigger", hourly);
    expect(uploaded[0]?.task).toMatchObject({ case: "triggerName", value: name });
    expect(created).toMatchObject([
      {
        task: { case: "triggerName", value: name },
        inputWrapper: { case: "offloadedInputData", value: { uri: "s3://new", inputsHash: "new-hash" } },
      },
    ]);
  });

  it("leaves the start time to Flyte, unless a value is given in its place", async () => {
    const { answer, uploaded } = await play();
    await answer("run_trigger", hourly);
    await answer("run_trigger", { ...hourly, inputs: { start: "2030-01-01T00:00:00Z" } });
    expect(uploaded.map(keysOf)).toEqual([
      { inputs: ["x"], context: [{ key: "ctx", value: "v" }, KICKOFF] },
      { inputs: ["start", "x"], context: [{ key: "ctx", value: "v" }] },
    ]);
  });

  it("asks for the start time as well where the stored inputs are all replaced", async () => {
    const { answer, uploaded } = await play({ isOffloaded: true });
    await answer("run_trigger", { ...hourly, inputs: { x: 1 } });
    expect(keysOf(uploaded[0])).toEqual({ inputs: ["x"], context: [KICKOFF] });
  });

  it("passes stored inputs on, by their folder", async () => {
    const { answer, created, uploaded } = await play({ isOffloaded: true });
    await answer("run_trigger", hourly);
    expect(uploaded).toEqual([]);
    expect(created[0]?.inputWrapper).toMatchObject({ value: { uri: "s3://kept", inputsHash: "kept-hash" } });
  });

  it("sends the inputs along where the plane takes no uploads", async () => {
    const { answer, created } = await play({ takesUploads: false });
    await answer("run_trigger", hourly);
    expect(created[0]?.inputWrapper).toMatchObject({ case: "inputs", value: { context: [{}, KICKOFF] } });
  });

  it("copies the trigger's options without what the plane resolves anew", async () => {
    const envs = {
      values: [
        { key: "_F_SYS_PATH", value: "./." },
        { key: "T", value: "1" },
      ],
    };
    const { answer, created } = await play({
      runSpec: {
        ...{ envs, queue: "cron-queue", interruptible: false, maxActionConcurrency: 4, overwriteCache: true },
        ...{ clusterPool: "pool", runStartTime: { seconds: 1n }, defaultSettings: { podTemplateName: "t" } },
        relation: { relationType: RelationType.SPAWN },
      },
    });
    await answer("run_trigger", { ...hourly, queue: "urgent" });
    const sent = created[0]?.runSpec;
    expect(sent).toMatchObject({
      envs: { values: [{ key: "T", value: "1" }] },
      ...{ queue: "urgent", interruptible: false, maxActionConcurrency: 4, overwriteCache: true },
      clusterPool: "",
    });
    expect([sent?.runStartTime, sent?.defaultSettings, sent?.relation]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
