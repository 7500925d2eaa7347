import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { GetActionDataResponseSchema } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import type { ActionDetailsSchema } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { run } from "./index.ts";

const URL_OF_RUN = "http://console.test/v2/domain/development/project/flytesnacks/runs/r1";

type Data = MessageInitShape<typeof GetActionDataResponseSchema>;
type Details = MessageInitShape<typeof ActionDetailsSchema>;

function play(details: Details, data: Data | ConnectError) {
  const flyte = playFlyte((router) =>
    router.service(RunService, { getActionDetails: () => ({ details }) }).service(DataProxyService, {
      getActionData() {
        if (data instanceof ConnectError) throw data;
        return data;
      },
    }),
  );
  return connectClient({ groups: [run], flyte });
}

const integer = (name: string, value: bigint) => {
  const primitive = { value: { case: "integer", value } } as const;
  const scalar = { value: { case: "primitive", value: primitive } } as const;
  return { name, value: { value: { case: "scalar", value: scalar } } } as const;
};
const succeeded = { status: { phase: ActionPhase.SUCCEEDED } };

describe("get_run_io", () => {
  it("names outputs as they are named, not o0", async () => {
    const { answer } = await play(succeeded, {
      inputs: { literals: [integer("a", 1n)] },
      outputs: { literals: [integer("total", 3n)] },
    });
    expect(await answer("get_run_io", { name: "r1" })).toEqual({
      url: URL_OF_RUN,
      name: "r1",
      phase: "succeeded",
      done: true,
      inputs: { a: 1 },
      outputs: { total: 3 },
    });
  });

  it("tells a run without outputs from one that has not ended", async () => {
    const ended = await play(succeeded, { inputs: {}, outputs: {} });
    expect(await ended.answer("get_run_io", { name: "r1" })).toMatchObject({
      done: true,
      inputs: {},
      outputs: {},
    });
    const running = await play({ status: { phase: ActionPhase.RUNNING } }, { inputs: {}, outputs: {} });
    expect(await running.answer("get_run_io", { name: "r1" })).toMatchObject({
      done: false,
      inputs: {},
      outputs: null,
    });
  });

  it("gives the error of a failed run, and no outputs", async () => {
    const result = {
      case: "errorInfo",
      value: { message: "ValueError: boom", kind: ErrorInfo_Kind.USER },
    } as const;
    const { answer } = await play(
      { status: { phase: ActionPhase.FAILED }, result },
      { inputs: {}, outputs: {} },
    );
    expect(await answer("get_run_io", { name: "r1" })).toEqual({
      url: URL_OF_RUN,
      name: "r1",
      phase: "failed",
      done: true,
      inputs: {},
      outputs: null,
      error: { message: "ValueError: boom", kind: "user" },
    });
  });

  it("reports a value that cannot be read by its name, and hides nothing else", async () => {
    const { answer } = await play(succeeded, {
      inputs: { literals: [integer("a", 1n)] },
      outputs: { literals: [{ name: "bad", value: {} }, integer("good", 2n)] },
    });
    expect(await answer("get_run_io", { name: "r1" })).toMatchObject({
      inputs: { a: 1 },
      outputs: { good: 2 },
      outputs_error: expect.stringContaining("bad"),
    });
  });

  it("says so when Flyte hands nothing out, as for a cached result", async () => {
    const { answer } = await play(succeeded, new ConnectError("no output uri", Code.NotFound));
    const said = "Flyte does not hand the data out: it was deleted, or the result came from the cache.";
    expect(await answer("get_run_io", { name: "r1" })).toEqual({
      url: URL_OF_RUN,
      name: "r1",
      phase: "succeeded",
      done: true,
      inputs: null,
      inputs_error: said,
      outputs: null,
      outputs_error: said,
    });
  });

  it("asks an older plane where it kept data", async () => {
    const { answer } = await connectClient({
      groups: [run],
      flyte: playFlyte((router) =>
        router.service(RunService, {
          getActionDetails: () => ({ details: succeeded }),
          getActionData: () => ({ inputs: { literals: [integer("a", 1n)] }, outputs: { literals: [] } }),
        }),
      ),
    });
    expect(await answer("get_run_io", { name: "r1" })).toMatchObject({ inputs: { a: 1 }, outputs: {} });
  });

  it("says where the data is when no service hands it out", async () => {
    const { answer } = await connectClient({
      groups: [run],
      flyte: playFlyte((router) =>
        router.service(RunService, {
          getActionDetails: () => ({ details: succeeded }),
          getActionDataURIs: () => ({ inputsUri: "s3://bucket/inputs.pb" }),
        }),
      ),
    });
    expect(await answer("get_run_io", { name: "r1" })).toMatchObject({
      inputs_error:
        "This control plane has no service that hands data out. It is kept at s3://bucket/inputs.pb.",
    });
  });
});
