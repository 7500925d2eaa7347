import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { CreateRunRequest } from "@flyte-mcp/idl/workflow/run_service";
import { task } from "./index.ts";

const integer = { type: { case: "simple", value: SimpleType.INTEGER } } as const;
const id = { project: "flytesnacks", domain: "development", name: "seed.add", version: "v2" };
const spec = {
  taskTemplate: { interface: { inputs: { variables: [{ key: "a", value: { type: integer } }] } } },
};

interface Plane {
  /** Whether the plane takes uploads of inputs. */
  takesUploads?: boolean;
  /** Runs that exist. */
  existing?: readonly string[];
  /** Whether CreateRun is lost on its way back. */
  losesAnswer?: boolean;
}

async function play({ takesUploads = true, existing = [], losesAnswer = false }: Plane = {}) {
  const created: CreateRunRequest[] = [];
  const flyte = playFlyte((router) =>
    router
      .service(TaskService, {
        listVersions: () => ({ versions: [{ version: "v2" }] }),
        getTaskDetails: () => ({ details: { taskId: id, spec } }),
      })
      .service(
        DataProxyService,
        takesUploads
          ? { uploadInputs: () => ({ offloadedInputData: { uri: "s3://inputs", inputsHash: "hash" } }) }
          : {},
      )
      .service(RunService, {
        createRun(request) {
          created.push(request);
          if (losesAnswer) throw new ConnectError("connection reset", Code.Unavailable);
          return {};
        },
        getRunDetails({ runId }) {
          if (!existing.includes(runId?.name ?? "")) throw new ConnectError("run not found", Code.NotFound);
          const metadata = { spec: { case: "task", value: { id: { ...id, version: "v1" } } } } as const;
          return { details: { action: { metadata } } };
        },
      }),
  );
  return { ...(await connectClient({ groups: [task], flyte })), created };
}

describe("run_task", () => {
  it("sends the name it answers with, so that a repeated call cannot make two runs", async () => {
    const { answer, created } = await play();
    const { name } = await answer("run_task", { name: "seed.add", inputs: { a: 1 } });
    expect(name).toMatch(/^r[a-z0-9]{19}$/);
    expect(created[0]?.id).toMatchObject({
      case: "runId",
      value: { name, project: "flytesnacks", domain: "development" },
    });
    expect(created[0]?.task).toMatchObject({ case: "taskId", value: id });
  });

  it("sends nothing with the run that was not asked for", async () => {
    const { answer, created } = await play();
    await answer("run_task", { name: "seed.add", inputs: { a: 1 } });
    expect(created[0]?.runSpec).toBeUndefined();
  });

  it("uploads the inputs", async () => {
    const { answer, created } = await play();
    await answer("run_task", { name: "seed.add", inputs: { a: 1 } });
    expect(created[0]?.inputWrapper).toMatchObject({
      case: "offloadedInputData",
      value: { uri: "s3://inputs", inputsHash: "hash" },
    });
  });

  it("sends the inputs along where the plane takes no uploads", async () => {
    const { answer, created } = await play({ takesUploads: false });
    await answer("run_task", { name: "seed.add", inputs: { a: 1 } });
    expect(created[0]?.inputWrapper).toMatchObject({ case: "inputs", value: { literals: [{ name: "a" }] } });
  });

  it("launches nothing when the run's name is taken", async () => {
    const { answer, created } = await play({ existing: ["nightly"] });
    expect(await answer("run_task", { name: "seed.add", inputs: { a: 1 }, run_name: "nightly" })).toEqual({
      name: "nightly",
      project: "flytesnacks",
      domain: "development",
      task: "seed.add",
      version: "v1",
      already_exists: true,
      url: "http://console.test/v2/domain/development/project/flytesnacks/runs/nightly",
    });
    expect(created).toEqual([]);
  });

  it("launches nothing when an input is wrong", async () => {
    const { failure, created } = await play();
    expect(await failure("run_task", { name: "seed.add", inputs: { a: 3.5, c: 1 } })).toMatch(
      /No run was created, the inputs are not valid: a: .*; c: unknown input.*The task is seed\.add\(a: int\) -> None/,
    );
    expect(created).toEqual([]);
  });

  it.each(["9lives", "Bad_Name", "a".repeat(31), "ends-"])("refuses the run name %s", async (run_name) => {
    const { failure, created } = await play();
    expect(await failure("run_task", { name: "seed.add", inputs: { a: 1 }, run_name })).toContain(
      "run_name: a run name has",
    );
    expect(created).toEqual([]);
  });

  it("does not try again by itself", async () => {
    const { failure, created } = await play({ losesAnswer: true });
    expect(await failure("run_task", { name: "seed.add", inputs: { a: 1 } })).toContain(
      "Flyte is unavailable.",
    );
    expect(created).toHaveLength(1);
  });
});
