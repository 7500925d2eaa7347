import { defineTool } from "@flyte-mcp/core";
import { describeRun, runOutput } from "./describe-run.ts";
import { readRoot } from "@flyte-mcp/observe";
import { readFirstFailure } from "./read-first-failure.ts";
import { runInput } from "./run-input.ts";

export const getRun = defineTool({
  name: "get_run",
  title: "Get run",
  description:
    "Get a run's phase, times, task and, when it failed, its error. The cheap status check: it reads no inputs, outputs or logs.",
  effect: "read",
  input: runInput,
  output: runOutput,

  async run(input, { flyte, scope, consoleUrl }) {
    const place = scope(input);
    const { name } = input;
    const answer = describeRun(name, place, await readRoot(flyte, place, name), consoleUrl);
    if (answer.phase !== "failed") return answer;
    return { ...answer, first_failure: await readFirstFailure(flyte, place, name) };
  },
});
