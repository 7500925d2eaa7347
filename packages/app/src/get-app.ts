import { defineTool } from "@flyte-mcp/core";
import { z } from "zod";
import { appInput } from "./app-input.ts";
import { appOutput, describeApp } from "./describe-app.ts";
import { describeSpec, specOutput } from "./describe-spec.ts";
import { readApp } from "./read-app.ts";

export const getApp = defineTool({
  name: "get_app",
  title: "Get app",
  description:
    "Describe one app: its status, where it answers, what it runs and with which resources. Flyte may tell a change up to 30 s late.",
  effect: "read",
  input: appInput.extend({
    include_env: z.boolean().default(false).describe("true: environment values too, likely secrets masked."),
  }),
  output: appOutput.extend({ spec: specOutput }),

  async run({ name, include_env, ...args }, { flyte, scope, consoleUrl }) {
    const app = await readApp(flyte, { ...scope(args), name });
    return { ...describeApp(app, consoleUrl), spec: describeSpec(app.spec, include_env) };
  },
});
