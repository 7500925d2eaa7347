// Three layers of scoping: which groups are composed, which of their tools exist, and which tasks their calls may touch.
import { createServer, flyteSettings, openFlyte, readSettings, sandboxSettings } from "@flyte-mcp/core";
import { run } from "@flyte-mcp/run";
import { search } from "@flyte-mcp/search";
import { task } from "@flyte-mcp/task";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const instructions =
  "Tools of the team that runs the demo pipelines. Only seed.add and seed.slow may be touched. " +
  "Ask before you abort anything; follow a run with wait_for_run.";

// The team's own examples, searched where they are; nothing is fetched.
const texts = search({ sdk_examples: { path: new URL("examples", import.meta.url).pathname }, fetch: false });

const policy = {
  excludeTools: ["rerun_run", "search_flyte_docs_examples", "search_full_docs"],
  tasks: ["development/flytesnacks/seed.add", "flytesnacks/seed.slow"],
};

const { values } = await readSettings(
  { ...flyteSettings, ...sandboxSettings },
  { argv: process.argv.slice(2), env: process.env },
);
const { flyte } = await openFlyte(values, () => import("@flyte-mcp/sandbox"));
const server = createServer({
  name: "demo-pipelines",
  title: "Demo pipelines",
  version: "1.0.0",
  instructions,
  groups: [task, run, texts],
  policy,
  flyte,
});
await server.connect(new StdioServerTransport());
