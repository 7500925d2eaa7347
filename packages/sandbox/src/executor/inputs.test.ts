import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { create, toBinary, toJson, type MessageInitShape } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RelationType } from "@flyte-mcp/idl/common/run";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { BlobType_BlobDimensionality, SimpleType } from "@flyte-mcp/idl/core/types";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import type { CreateRunRequestSchema } from "@flyte-mcp/idl/workflow/run_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { SandboxServer } from "../start.ts";
import { startSandbox } from "../start.ts";
import { boolean, float, integer, list, string } from "./literals.ts";

const SCOPE = { project: "flytesnacks", domain: "development" };
const UPLOADS = "s3://flyte-data/uploads/flytesnacks/development";
const ADD = { a: integer(40n), b: integer(2n) };

let server: SandboxServer;
beforeAll(async () => {
  server = await startSandbox({ paceMs: 8, history: false });
});
afterAll(() => server.close());

const connect = () => createConnectTransport({ baseUrl: server.url, httpVersion: "1.1" });
const runs = () => createClient(RunService, connect());
const data = () => createClient(DataProxyService, connect());

const root = (name: string) => ({ run: { ...SCOPE, name }, name: "a0" });
const taskId = (name: string) => ({ case: "taskId", value: { ...SCOPE, name, version: "v2" } }) as const;
const inputsOf = (args: object) =>
  create(InputsSchema, { literals: Object.entries(args).map(([name, value]) => ({ name, value })) });

async function upload(task: string, args: object): Promise<string> {
  const id = { case: "projectId", value: { name: SCOPE.project, domain: SCOPE.domain } } as const;
  const { offloadedInputData } = await data().uploadInputs({
    id,
    task: taskId(task),
    inputs: inputsOf(args),
  });
  return offloadedInputData?.uri ?? "";
}

async function start(name: string, uri: string, more: MessageInitShape<typeof CreateRunRequestSchema>) {
  await runs().createRun({
    id: { case: "runId", value: { ...SCOPE, name } },
    inputWrapper: { case: "offloadedInputData", value: { uri, inputsHash: "hash" } },
    ...more,
  });
}

async function until(name: string, phase: ActionPhase) {
  for (;;) {
    const { details } = await runs().getActionDetails({ actionId: root(name) });
    if (details?.status?.phase === phase) return details;
    await pause(5);
  }
}

async function outputsOf(name: string) {
  await until(name, ActionPhase.SUCCEEDED);
  const { outputs } = await data().getActionData({ actionId: root(name) });
  return outputs?.literals.map(({ name: output, value }) => [output, value && toJson(LiteralSchema, value)]);
}

const FORTY_TWO = [["o0", { scalar: { primitive: { integer: "42" } } }]];

const scalar = (value: MessageInitShape<typeof LiteralSchema>["value"] & { case: "scalar" }) =>
  create(LiteralSchema, { value, hash: "h1", metadata: { origin: "test" } });

const union = (type: SimpleType, tag: string, value: MessageInitShape<typeof LiteralSchema>) =>
  scalar({
    case: "scalar",
    value: {
      value: {
        case: "union",
        value: { value, type: { type: { case: "simple", value: type }, structure: { tag } } },
      },
    },
  });

const msgpack = (...bytes: number[]) =>
  scalar({
    case: "scalar",
    value: { value: { case: "binary", value: { value: Uint8Array.from(bytes), tag: "msgpack" } } },
  });

/** A value of every common type, some with a hash and metadata. */
const EVERYTHING = {
  ...{ i: integer(9007199254740993n), f: float(0.5), s: string("ü"), b: boolean(false) },
  when: scalar({
    case: "scalar",
    value: {
      value: {
        case: "primitive",
        value: { value: { case: "datetime", value: { seconds: 1n, nanos: 500 } } },
      },
    },
  }),
  span: scalar({
    case: "scalar",
    value: {
      value: { case: "primitive", value: { value: { case: "duration", value: { seconds: 90n } } } },
    },
  }),
  xs: list([integer(1n), integer(2n)]),
  m: create(LiteralSchema, { value: { case: "map", value: { literals: { x: float(1.5) } } } }),
  mode: string("FAST"),
  params: msgpack(0x81, 0xa2, 0x6c, 0x72, 0x01),
  model: msgpack(0x80),
  maybe: union(SimpleType.NONE, "none", {
    value: { case: "scalar", value: { value: { case: "noneType", value: {} } } },
  }),
  either: union(SimpleType.STRING, "str", string("x")),
  file: scalar({
    case: "scalar",
    value: {
      value: {
        case: "blob",
        value: {
          uri: `${UPLOADS}/r/file`,
          metadata: { type: { dimensionality: BlobType_BlobDimensionality.SINGLE } },
        },
      },
    },
  }),
};

it("gives everything back as it came, and returns the map", async () => {
  const uri = await upload("seed.everything", EVERYTHING);
  await start("everything", uri, { task: taskId("seed.everything") });
  expect(await outputsOf("everything")).toEqual([
    ["o0", { map: { literals: { x: { scalar: { primitive: { floatValue: 1.5 } } } } } }],
  ]);
  const { inputs = create(InputsSchema), inputsUri } = await data().getActionData({
    actionId: root("everything"),
  });
  expect(inputsUri).toBe(`${uri}/inputs.pb`);
  expect(Buffer.from(toBinary(InputsSchema, inputs)).toString("hex")).toBe(
    Buffer.from(toBinary(InputsSchema, inputsOf(EVERYTHING))).toString("hex"),
  );
});

it("runs an inline spec like its task, and remembers what it is a rerun of", async () => {
  await start("first", await upload("seed.add", ADD), { task: taskId("seed.add") });
  expect(await outputsOf("first")).toEqual(FORTY_TWO);
  const { details } = await runs().getRunDetails({ runId: root("first").run });
  const { inputs } = await data().getActionData({ actionId: root("first") });
  const relation = { relatedTo: root("first").run, relationType: RelationType.RERUN };
  await runs().createRun({
    id: { case: "runId", value: root("again").run },
    task: { case: "taskSpec", value: details?.action?.spec.value as TaskSpec },
    inputWrapper: { case: "inputs", value: inputs ?? {} },
    runSpec: { relation, recover: { forceRerunActions: ["c1"] } },
  });
  expect(await outputsOf("again")).toEqual(FORTY_TWO);
  const { details: again } = await runs().getRunDetails({ runId: root("again").run });
  expect(again?.runSpec).toMatchObject({ relation, recover: { forceRerunActions: ["c1"] } });
  expect(again?.action?.metadata?.spec).toMatchObject({
    case: "task",
    value: { id: { ...SCOPE, name: "seed.add", version: "v2" }, shortName: "add" },
  });
});

it("runs with inputs whose name was doubled, but cannot show them", async () => {
  const uri = await upload("seed.add", ADD);
  await start("doubled", `${uri}/inputs.pb`, { task: taskId("seed.add") });
  expect(await outputsOf("doubled")).toEqual(FORTY_TWO);
  const uris = await runs().getActionDataURIs({ actionId: root("doubled") });
  expect(uris.inputsUri).toBe(`${uri}/inputs.pb/inputs.pb`);
  expect(await data().getActionData({ actionId: root("doubled") })).toMatchObject({
    inputsUri: "",
    inputs: { literals: [] },
  });
});

async function putInputs(filenameRoot: string, bytes: Uint8Array): Promise<void> {
  const contentMd5 = createHash("md5").update(bytes).digest();
  const request = { ...SCOPE, filename: "inputs.pb", filenameRoot, contentMd5 };
  const { signedUrl } = await data().createUploadLocation(request);
  const headers = { "Content-MD5": contentMd5.toString("base64") };
  const response = await fetch(signedUrl, { method: "PUT", headers, body: new Uint8Array(bytes) });
  expect(response.status).toBe(200);
}

it("runs with inputs that were put to a signed URL", async () => {
  await putInputs("by-hand", toBinary(InputsSchema, inputsOf(ADD)));
  await start("by-hand", `${UPLOADS}/by-hand`, { task: taskId("seed.add") });
  expect(await outputsOf("by-hand")).toEqual(FORTY_TWO);
});

it("fails a run whose inputs are none", async () => {
  await putInputs("broken", Uint8Array.of(0xff, 0xff));
  await start("broken", `${UPLOADS}/broken`, { task: taskId("seed.add") });
  const { result } = await until("broken", ActionPhase.FAILED);
  const message = expect.stringContaining(`failed to read inputs from ${UPLOADS}/broken/inputs.pb`);
  expect(result.value).toMatchObject({ kind: ErrorInfo_Kind.SYSTEM, message });
  await expect(data().getActionData({ actionId: root("broken") })).rejects.toThrow(
    `[internal] failed to read inputs from ${UPLOADS}/broken/inputs.pb`,
  );
});
