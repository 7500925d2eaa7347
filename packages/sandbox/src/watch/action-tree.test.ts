import { create } from "@bufbuild/protobuf";
import { FilterSchema, Filter_Function } from "@flyte-mcp/idl/common/list";
import { RunIdentifierSchema } from "@flyte-mcp/idl/common/identifier";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { createPlane } from "../plane.ts";
import { createActionRow } from "../state/action-row.ts";
import { createActionTree } from "./action-tree.ts";

const plane = createPlane({});
const run = create(RunIdentifierSchema, { project: "p", domain: "d", name: "r" });
const action = (name: string, parent: string, phase: ActionPhase) => ({
  ...createActionRow(plane, { run, name, parent, inputsUri: "" }),
  phase,
});
const phaseFilter = create(FilterSchema, {
  function: Filter_Function.VALUE_IN,
  field: "PHASE",
  values: ["6"],
});

it("tells of a child together with those above it, and keeps a count that has fallen to zero", () => {
  const tree = createActionTree([]);
  const [root, child] = [action("a0", "", ActionPhase.RUNNING), action("c0", "a0", ActionPhase.QUEUED)];
  expect(tree.put([root, child]).map(({ row, counts }) => [row.id.name, counts])).toEqual([
    ["a0", { 1: 1 }],
    ["c0", {}],
  ]);
  child.phase = ActionPhase.SUCCEEDED;
  expect(tree.put([child]).map(({ row, counts }) => [row.id.name, counts])).toEqual([
    ["a0", { 1: 0, 5: 1 }],
    ["c0", {}],
  ]);
  expect(tree.put([root]).map(({ row }) => row.id.name)).toEqual(["a0"]);
});

it("shows what matches and the way to it, and says once that it no longer does", () => {
  const tree = createActionTree([phaseFilter]);
  const [root, child] = [action("a0", "", ActionPhase.RUNNING), action("c0", "a0", ActionPhase.FAILED)];
  expect(
    tree
      .put([root, child, action("c1", "a0", ActionPhase.RUNNING)])
      .map(({ row, meetsFilter }) => [row.id.name, meetsFilter]),
  ).toEqual([
    ["a0", true],
    ["c0", true],
  ]);
  child.phase = ActionPhase.RUNNING;
  expect(tree.put([child]).map(({ row, meetsFilter }) => [row.id.name, meetsFilter])).toEqual([
    ["a0", false],
    ["c0", false],
  ]);
  expect(tree.put([child])).toEqual([]);
});

it("refuses filters that a watch does not know", () => {
  const filter = create(FilterSchema, { function: Filter_Function.EQUAL, field: "PHASE", values: ["6"] });
  expect(() => createActionTree([filter])).toThrow("function EQUAL is not supported for filter PHASE");
  const wrong = create(FilterSchema, { ...phaseFilter, values: ["FAILED"] });
  expect(() => createActionTree([wrong])).toThrow("invalid phase value: FAILED");
});
