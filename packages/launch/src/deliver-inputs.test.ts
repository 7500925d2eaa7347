import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import type { ToolContext } from "@flyte-mcp/core";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { UploadInputsRequest } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import { deliverInputs } from "./deliver-inputs.ts";

const scope = { org: "o", project: "p", domain: "d" };
const task = { case: "taskId", value: { ...scope, name: "t", version: "v" } } as const;

function inputs(hash: string) {
  const scalar = {
    value: { case: "blob", value: { uri: "s3://bucket/a.csv", metadata: { type: {} } } },
  } as const;
  return create(InputsSchema, {
    literals: [{ name: "x", value: { hash, value: { case: "scalar", value: scalar } } }],
  });
}

function play(code?: Code) {
  const requests: UploadInputsRequest[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(DataProxyService, {
      uploadInputs(request) {
        requests.push(request);
        if (code !== undefined) throw new ConnectError("no", code);
        return { offloadedInputData: { uri: "s3://store/in", inputsHash: "of-the-plane" } };
      },
    });
  });
  const flyte: ToolContext["flyte"] = (service) => createClient(service, transport);
  return { flyte, requests };
}

describe("the inputs of a run", () => {
  it("are uploaded for their project and into the run's own folder", async () => {
    const { flyte, requests } = play();
    await deliverInputs(flyte, scope, { task, inputs: inputs(""), ignoredInputs: [], baseDir: "s3://base" });
    expect(requests[0]).toMatchObject({
      id: { case: "projectId", value: { organization: "o", name: "p", domain: "d" } },
      baseDir: "s3://base",
    });
  });

  it.each([
    ["", [], "of-the-plane"],
    ["h1", [], "7Nghq9yInsBfOW8cBsxd5GBCeu+I3d+EDzXmZ04KBpQ="],
    ["h1", ["x"], "of-the-plane"],
  ])("with the hash %j, ignoring %j, are known by %s", async (hash, ignoredInputs, expected) => {
    const { flyte } = play();
    const delivered = await deliverInputs(flyte, scope, {
      task,
      inputs: inputs(hash),
      ignoredInputs,
      baseDir: undefined,
    });
    expect(delivered).toMatchObject({ case: "offloadedInputData", value: { inputsHash: expected } });
  });

  it("go with the run where the plane takes no uploads, and nowhere on any other failure", async () => {
    const delivery = { task, inputs: inputs(""), ignoredInputs: [], baseDir: undefined };
    expect(await deliverInputs(play(Code.Unimplemented).flyte, scope, delivery)).toMatchObject({
      case: "inputs",
    });
    await expect(deliverInputs(play(Code.Unavailable).flyte, scope, delivery)).rejects.toThrow("no");
  });
});
