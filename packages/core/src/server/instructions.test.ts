import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { Policy } from "../policy.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const INTRO =
  "Tools for a Flyte control plane: tasks are deployed Python functions, a run is one execution of a task.";

async function instructionsOf(names: string[], policy: Policy, defaults = {}, given?: string) {
  const tools = names.map((name) =>
    defineTool({
      name,
      title: name,
      description: "Does it.",
      effect: "read",
      input: z.object({}),
      output: z.object({}),
      run: () => Promise.resolve({}),
    }),
  );
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools })];
  const flyte = { ...playFlyte(() => undefined), defaults };
  const { client } = await connectClient({ groups, flyte, policy, instructions: given });
  return client.getInstructions();
}

describe("instructions", () => {
  it("say no more than holds", async () => {
    expect(await instructionsOf([], {})).toBe(INTRO);
  });

  it("name the place, the order of the tools and the limits", async () => {
    const policy = { readOnly: true, tasks: ["etl.load", "p/train"] };
    const names = ["get_task", "run_task", "wait_for_run"];
    expect(await instructionsOf(names, policy, { project: "p", domain: "d" })).toBe(
      `${INTRO} Calls that name no project or domain use project p, domain d. ` +
        "Call get_task before run_task to learn the inputs. " +
        "run_task returns at once; follow with wait_for_run, then get_run_io. This server is read-only. " +
        "Only these tasks and their runs are open: etl.load, p/train.",
    );
  });

  it("are the operator's where given", async () => {
    expect(await instructionsOf([], {}, {}, "Ask Ada.")).toBe("Ask Ada.");
  });

  it("stay below 2,000 characters under a long allowlist", async () => {
    const tasks = Array.from({ length: 500 }, (_, index) => `production/pipelines/etl.load_number_${index}`);
    const text = await instructionsOf(["get_task", "run_task", "wait_for_run"], { tasks });
    expect(text?.length).toBeLessThan(2_000);
  });

  it("name the limits of every policy that holds", async () => {
    const policy = { tasks: ["etl.load", "p/train"], and: { readOnly: true, tasks: ["etl.load"] } };
    expect(await instructionsOf([], policy)).toBe(
      `${INTRO} This server is read-only. Only these tasks and their runs are open: etl.load, p/train. ` +
        "Only these tasks and their runs are open: etl.load.",
    );
  });
});
