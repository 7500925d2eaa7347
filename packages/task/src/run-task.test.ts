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
  /** Runs that exist, with what they were given for `a`. */
  existing?: Record<string, bigint>;
  /** What another call, which comes first, gives for `a` to the same name; CreateRun is then refused. */
  rival?: bigint;
  /** Whether CreateRun is lost on its way back. */
  losesAnswer?: boolean;
}

function given(a: bigint) {
  const primitive = { value: { case: "integer", value: a } } as const;
  const scalar = { value: { case: "primitive", value: primitive } } as const;
  return { literals: [{ name: "a", value: { value: { case: "scalar", value: scalar } as const } }] };
}

async function play({ takesUploads = true, existing = {}, rival, losesAnswer = false }: Plane = {}) {
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
          ? {
              uploadInputs: () => ({ offloadedInputData: { uri: "s3://inputs", inputsHash: "hash" } }),
              getActionData: ({ actionId }) => ({ inputs: given(existing[actionId?.run?.name ?? ""] ?? 0n) }),
            }
          : {},
      )
      .service(RunService, {
        createRun(request) {
          created.push(request);
          if (rival !== undefined && request.id.case === "runId") {
            existing[request.id.value.name] = rival;
            throw new ConnectError("run exists", Code.AlreadyExists);
          }
          if (losesAnswer) throw new ConnectError("connection reset", Code.Unavailable);
          return {};
        },
        getRunDetails({ runId }) {
          if (!Object.hasOwn(existing, runId?.name ?? ""))
            throw new ConnectError("run not found", Code.NotFound);
          const metadata = { spec: { case: "task", value: { id } } } as const;
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

  it("answers with the run of that name when it was given the same", async () => {
    const { answer, created } = await play({ existing: { nightly: 1n } });
    expect(await answer("run_task", { name: "seed.add", inputs: { a: 1 }, run_name: "nightly" })).toEqual({
      name: "nightly",
      project: "flytesnacks",
      domain: "development",
      task: "seed.add",
      version: "v2",
      already_exists: true,
      message: "Nothing was launched: this run with the same task and inputs is there already.",
      url: "http://console.test/v2/domain/development/project/flytesnacks/runs/nightly",
    });
    expect(created).toEqual([]);
  });

  it.each([
    [{ name: "seed.add", inputs: { a: 7 } }, "was given other inputs"],
    [{ name: "seed.add", inputs: { a: 1 }, version: "v1" }, "is of seed.add version v2"],
    [{ name: "seed.sub", inputs: { a: 1 } }, "is of seed.add version v2"],
  ])("refuses a name that is taken by another launch: %j", async (args, reason) => {
    const { failure, created } = await play({ existing: { nightly: 1n } });
    expect(await failure("run_task", { ...args, run_name: "nightly" })).toContain(
      `Nothing was launched: run nightly exists, and ${reason}.`,
    );
    expect(created).toEqual([]);
  });

  it("makes one run for an idempotency key, on any server and after any restart", async () => {
    const first = await play();
    const { name } = await first.answer("run_task", {
      name: "seed.add",
      inputs: { a: 1 },
      idempotency_key: "order-7",
    });
    expect(name).toBe("k700ab3f82608341b042bc7ce");
    const later = await play({ existing: { [String(name)]: 1n } });
    const again = { name: "seed.add", inputs: { a: 1 }, idempotency_key: "order-7" };
    expect(await later.answer("run_task", again)).toMatchObject({ name, already_exists: true });
    expect(await later.failure("run_task", { ...again, inputs: { a: 2 } })).toContain(
      "was given other inputs",
    );
    expect(later.created).toEqual([]);
    const both = { ...again, run_name: "mine" };
    expect(await later.failure("run_task", both)).toContain(
      "run_name and idempotency_key exclude each other",
    );
  });

  it("answers with the run of a call that came first, if that asked for the same", async () => {
    const same = await play({ rival: 1n });
    const launch = { name: "seed.add", inputs: { a: 1 }, idempotency_key: "race" };
    expect(await same.answer("run_task", launch)).toMatchObject({ task: "seed.add" });
    const other = await play({ rival: 2n });
    expect(await other.failure("run_task", launch)).toContain("was given other inputs");
  });

  it("shows in a dry run what would be sent, and sends nothing", async () => {
    const { answer, created } = await play();
    const args = {
      name: "seed.add",
      inputs: { a: 1 },
      labels: { team: "x" },
      interruptible: true,
      dry_run: true,
    };
    expect(await answer("run_task", args)).toMatchObject({
      dry_run: true,
      task: "seed.add",
      version: "v2",
      inputs: { a: 1 },
      run_spec: { labels: { values: { team: "x" } }, interruptible: true },
    });
    expect(created).toEqual([]);
  });

  it("sends the options that were asked for", async () => {
    const { answer, created } = await play();
    await answer("run_task", {
      name: "seed.add",
      inputs: { a: 1 },
      env_vars: { LEVEL: "debug" },
      overwrite_cache: true,
    });
    expect(created[0]?.runSpec).toMatchObject({
      envs: { values: [{ key: "LEVEL", value: "debug" }] },
      overwriteCache: true,
      cacheConfig: { overwriteCache: true },
    });
  });

  it("takes inputs that were written as JSON text", async () => {
    const { answer, created } = await play({ takesUploads: false });
    await answer("run_task", { name: "seed.add", inputs: '{"a":1}' });
    expect(created[0]?.inputWrapper).toMatchObject({ case: "inputs", value: { literals: [{ name: "a" }] } });
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
