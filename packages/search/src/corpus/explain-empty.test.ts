import { explainEmpty, explainWait } from "./explain-empty.ts";
import { readSource } from "./read-source.ts";

it.each([
  [
    "sdk_examples",
    "https://github.com/flyteorg/flyte-sdk.git#:examples",
    "git clone --depth 1 https://github.com/flyteorg/flyte-sdk.git",
    "--sdk-examples-path flyte-sdk/examples",
  ],
  [
    "docs_examples",
    "https://me:canary@git.test/docs.git#v2",
    "git clone --depth 1 --branch v2 https://git.test/docs.git",
    "--docs-examples-path docs",
  ],
  [
    "full_docs",
    "https://docs.test/llms.txt",
    "curl -fLO https://docs.test/llms.txt",
    "--full-docs-path llms.txt",
  ],
  [
    "full_docs",
    "https://docs.test/all.tar.gz?key=canary#:guide",
    "curl -fL https://docs.test/all.tar.gz | tar xz",
    "--full-docs-path guide",
  ],
] as const)("says how to bring %s of %s along", (name, source, command, option) => {
  const { message, hint = "" } = explainEmpty(name, readSource(source), "there is no network").explanation;
  expect(message).toMatch(/not on this machine: there is no network\.$/);
  expect(hint).toContain("run `flyte-mcp corpus update`");
  expect(hint).toContain(`\`${command}\``);
  expect(hint).toContain(`\`${option}\``);
  expect(hint).not.toContain("canary");
});

it("says that asking again helps while the work goes on", () => {
  expect(explainWait("sdk_examples", "Received 40% of x").explanation).toMatchObject({
    message: "Flyte's SDK examples are still being fetched for the first search (Received 40% of x).",
    retryable: true,
  });
});
