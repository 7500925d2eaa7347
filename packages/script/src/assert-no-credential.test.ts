import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { createSandbox } from "@flyte-mcp/sandbox";
import { script } from "./index.ts";

const CANARY = `ghp_${"canary".repeat(6)}`;
const PLAIN = '# /// script\n# dependencies = []\n# ///\nprint("hi")\n';

async function refuse(args: Record<string, unknown>) {
  const sandbox = createSandbox({ execute: false });
  const { failure } = await connectClient({ groups: [script()], flyte: playFlyte(sandbox.routes) });
  const text = await failure("run_uv_script_remote", { script: PLAIN, ...args });
  return { text, calls: sandbox.calls() };
}

it.each<[string, Record<string, unknown>]>([
  ["script", { script: `${PLAIN}TOKEN = "${CANARY}"\n` }],
  ["args[1]", { args: ["--token", CANARY] }],
  ["env_vars.PLACE", { env_vars: { PLACE: CANARY } }],
  ["env_vars.EAGER_API_KEY", { env_vars: { EAGER_API_KEY: "canary" } }],
  ["env_vars.DB_PASSWORD", { env_vars: { DB_PASSWORD: "canary" } }],
])("refuses a credential in %s without repeating it, and sends nothing", async (where, args) => {
  const { text, calls } = await refuse(args);
  expect(text).toContain(`No run was created: ${where}`);
  expect(text).toContain("create_secret");
  expect(text).not.toContain("canary");
  expect(calls).toEqual([]);
});

it("takes what only sounds alike", async () => {
  const { text } = await refuse({
    env_vars: { TOKENIZERS_PARALLELISM: "false", MAX_TOKENS: "9" },
    project: "nowhere",
  });
  expect(text).toContain('There is no project "nowhere".');
});
