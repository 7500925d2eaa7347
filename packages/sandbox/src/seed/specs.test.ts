import { readFileSync } from "node:fs";
import { create, equals, fromJson, toBinary } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { readSeedSpec, SEED_TASKS } from "./specs.ts";

interface Line {
  name: string;
  spec: JsonValue;
  spec_b64: string;
}

const lines = readFileSync(new URL("../../fixtures/seed/specs.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);

it("holds the tasks of the fixture and no others", () => {
  expect(SEED_TASKS).toEqual(lines.map(({ name }) => name).sort());
});

it.each(lines)("holds $name byte by byte", ({ name, spec_b64 }) => {
  const bytes = toBinary(TaskSpecSchema, readSeedSpec(name));
  expect(Buffer.from(bytes).equals(Buffer.from(spec_b64, "base64"))).toBe(true);
});

it.each(lines)("means by $name what the fixture shows as JSON", ({ name, spec }) => {
  expect(
    equals(TaskSpecSchema, readSeedSpec(name), create(TaskSpecSchema, fromJson(TaskSpecSchema, spec))),
  ).toBe(true);
});
