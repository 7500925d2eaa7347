import { isConformanceInstalled } from "./client-programs.ts";
import { startHttp } from "./built-apps.ts";
import { expectedFailures, unjudged } from "./conformance/expected-failures.ts";
import { installGroup, runSuite } from "./conformance/run-suite.ts";
import type { Score } from "./conformance/run-suite.ts";

if (!isConformanceInstalled) {
  process.stderr.write(
    "SKIPPED: the conformance suite is not installed; `npx nx run @flyte-mcp/e2e:clients` does it\n",
  );
}
const described = isConformanceInstalled ? describe : describe.skip;

described("the public conformance suite, for revision 2025-11-25", () => {
  let scores: Score[] = [];
  beforeAll(async () => {
    const { cwd, name } = await installGroup();
    // With all groups of ours beside, so that their lists are judged as well.
    const server = await startHttp(["--sandbox", "--group", name], {}, cwd);
    scores = await runSuite(server.url, "2025-11-25").finally(() => server.stop());
  }, 180_000);
  const namesOf = (chosen: (score: Score) => boolean) => scores.filter(chosen).map(({ name }) => name);

  it("is passed but for the scenarios that are listed with a reason", () => {
    expect(namesOf(({ failed }) => failed > 0)).toEqual(Object.keys(expectedFailures).sort());
    expect(namesOf(({ passed, failed }) => passed + failed === 0)).toEqual(Object.keys(unjudged).sort());
  });

  it("judges as many scenarios and checks as before", () => {
    expect(
      scores.map(({ name, passed, failed }) => `${name}: ${passed} of ${passed + failed}`),
    ).toMatchSnapshot();
  });
});
