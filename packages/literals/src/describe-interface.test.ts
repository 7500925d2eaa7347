import { readFileSync } from "node:fs";
import { fromBinary } from "@bufbuild/protobuf";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { describeInterface } from "./describe-interface.ts";

const signatures = new Map(
  readFileSync(new URL("../fixtures/tasks.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const { name, spec_b64 } = JSON.parse(line) as { name: string; spec_b64: string };
      const spec = fromBinary(TaskSpecSchema, Buffer.from(spec_b64, "base64"));
      return [name, describeInterface(spec.taskTemplate?.interface, spec.defaultInputs)];
    }),
);

describe("describeInterface", () => {
  it("describes every task of the SDK", () => {
    expect(signatures.size).toBe(120);
    expect(
      [...signatures].filter(([, text]) => !/^\(.*\) -> .+$/s.test(text) || /unknown/.test(text)),
    ).toEqual([]);
  });

  it.each([
    ["types.no_inputs_no_outputs", "() -> None"],
    ["types.t_int", "(x: int) -> o0: int"],
    ["types.two_outputs", "(x: int) -> o0: int, o1: str"],
    ["types.order_of_names", '(alpha: int, beta: str = "b", mid: int = 3, zeta: int) -> o0: int'],
    [
      "defaults.some_defaults",
      "(a: int, b: str, c: float = 1, d: str | None = None, e: bool = False) -> o0: str",
    ],
    [
      "defaults.container_defaults",
      '(empty: list[str] = [], li: list[int] = [1, 2, 3], m: dict[str, int] = {"a": 1, "b": 2}, ' +
        'md: dict[str, list[str]] = {"k": ["v"]}, nested: list[list[int]] = [[1], [], [2, 3]], raw: dict = {"k": [1, 2.5, None, {"n": True}]}) -> None',
    ],
    [
      "defaults.struct_defaults",
      '(color: enum(RED|GREEN|BLUE) = "BLUE", lit: enum(fast|slow) = "slow", ' +
        'o: Outer = {"id": 1, "inner": {"name": "n", "weight": 1.5, "tags": [..., p: Point = {"x": 1, "y": 2}, ' +
        'person: Person = {"name": "Ada", "age": 36, "height": 1.75, "addresses": [..., ' +
        'ps: list[Point] = [{"x": 1, "y": 0}], u: Circle | Square = {"side": 2, "label": None}) -> None',
    ],
    [
      "types.t_dict_simple",
      "(b: dict[str, bool], dt: dict[str, datetime], f: dict[str, float], s: dict[str, str], " +
        "td: dict[str, timedelta]) -> o0: dict[str, str]",
    ],
    ["types.t_pickle", "(x: Custom) -> o0: Custom"],
    [
      "ct-args",
      "(files: list[File], flag: bool, indir: Dir, infile: File) -> result: File, stats: dict[str, int]",
    ],
  ])("describes %s as %s", (name, text) => {
    expect(signatures.get(name)).toBe(text);
  });

  it("writes numbers beyond JSON as numbers", () => {
    expect(signatures.get("defaults.simple_defaults")).toContain("big: int = 9223372036854775807, ");
  });

  it("cuts long defaults", () => {
    expect(signatures.get("defaults.remote_io_defaults")).toBe(
      '(d: Dir = {"uri": "s3://bucket/in/dir/", "format": "", "dimensional..., ' +
        'f: File = {"uri": "s3://bucket/in/data.csv", "format": "csv", "dime...) -> None',
    );
  });

  it("describes a task without an interface", () => {
    expect(describeInterface(undefined, [])).toBe("() -> None");
  });
});
