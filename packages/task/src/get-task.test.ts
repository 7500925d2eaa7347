import { readFileSync } from "node:fs";
import { fromBinary } from "@bufbuild/protobuf";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { task } from "./index.ts";

const FIXTURES = new URL("../../sandbox/fixtures/seed/specs.jsonl", import.meta.url);
const specs = readFileSync(FIXTURES, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => (JSON.parse(line) as { spec_b64: string }).spec_b64)
  .map((base64) => fromBinary(TaskSpecSchema, Buffer.from(base64, "base64")));

/** A plane that has the one task, as the Python SDK deployed it. */
function play(name: string) {
  const spec = specs.find((candidate) => candidate.taskTemplate?.id?.name === name);
  const taskId = { project: "flytesnacks", domain: "development", name, version: "v2" };
  const flyte = playFlyte((router) =>
    router.service(TaskService, {
      listVersions: () => ({ versions: [{ version: "v2" }] }),
      getTaskDetails: () => ({ details: { taskId, spec } }),
    }),
  );
  return connectClient({ groups: [task], flyte });
}

describe("get_task", () => {
  it("describes a task wholly", async () => {
    const { answer } = await play("seed.add");
    expect(await answer("get_task", { name: "seed.add" })).toEqual({
      name: "seed.add",
      version: "v2",
      project: "flytesnacks",
      domain: "development",
      task_type: "python",
      environment: "seed",
      description: "Add two numbers.",
      signature: "(a: int, b: int = 2) -> o0: int",
      input_schema: {
        type: "object",
        properties: {
          a: { type: "integer", description: "first addend" },
          b: { type: "integer", description: "second addend", default: 2 },
        },
        required: ["a"],
      },
      required_inputs: ["a"],
      outputs: { o0: "int" },
      cache: { behavior: "disable", serialize: false },
      retries: 0,
      interruptible: false,
      image: "registry.example/seed:1",
      resources: { cpu: "1", memory: "512Mi" },
      secrets: [],
      url: "http://console.test/v2/domain/development/project/flytesnacks/tasks/seed.add/v2",
    });
  });

  it("survives resources that are newer than this contract", async () => {
    const requests = [{ name: 99, value: "1" }];
    const target = { case: "container", value: { image: "i", resources: { requests } } } as const;
    const flyte = playFlyte((router) =>
      router.service(TaskService, {
        getTaskDetails: () => ({ details: { spec: { taskTemplate: { target } } } }),
      }),
    );
    const { answer } = await connectClient({ groups: [task], flyte });
    expect(await answer("get_task", { name: "t", version: "v1" })).toMatchObject({
      resources: { resource_99: "1" },
    });
  });

  it("shows retries", async () => {
    const { answer } = await play("seed.flaky");
    expect(await answer("get_task", { name: "seed.flaky" })).toMatchObject({
      retries: 2,
      required_inputs: [],
    });
  });

  it("names inputs of every type, in less than 10 kB", async () => {
    const { answer } = await play("seed.everything");
    const described = await answer("get_task", { name: "seed.everything" });
    expect(described["required_inputs"]).toEqual([
      "b",
      "f",
      "i",
      "m",
      "mode",
      "model",
      "params",
      "s",
      "span",
      "when",
      "xs",
    ]);
    expect(JSON.stringify(described).length).toBeLessThan(10_000);
    expect(described["input_schema"]).toMatchObject({ properties: { params: { required: [] } } });
  });
});
