import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { isSuccess, isTerminal, phaseName } from "./phase.ts";

describe("a phase", () => {
  it("is decided for every value of the IDL", () => {
    const phases = Object.values(ActionPhase).filter((value) => typeof value === "number");
    const told = phases.map((phase) => [phaseName(phase), isTerminal(phase), isSuccess(phase)]);
    expect(told).toEqual([
      ["unspecified", false, false],
      ["queued", false, false],
      ["waiting_for_resources", false, false],
      ["initializing", false, false],
      ["running", false, false],
      ["succeeded", true, true],
      ["failed", true, false],
      ["aborted", true, false],
      ["timed_out", true, false],
      ["paused", false, false],
      ["recovered", true, true],
    ]);
  });

  it("that is newer than this server keeps its number and is not taken for an end", () => {
    const phase = 99 as ActionPhase;
    expect([phaseName(phase), isTerminal(phase), isSuccess(phase)]).toEqual(["phase_99", false, false]);
  });
});
